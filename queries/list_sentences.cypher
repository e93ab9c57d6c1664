/*
title:
  en: Sentences and convictions
  es: Sentencias y condenas
description:
  en: >
    Each custody of which a source gives a sentence, its date or a conviction: years, date, the
    offences with a conviction, and the days in custody up to its end or, where it was going on, to
    the last report; least and most where dates are inexact, blank where they cannot be told. Years
    are those of the whole sentence. What a court counts as served may differ.
  es: >
    Cada detención de la que una fuente da una pena, su fecha o una condena: años, fecha, los
    delitos con condena, y los días en detención hasta su fin o, si seguía, hasta la última noticia;
    mínimo y máximo si las fechas son inexactas, en blanco si no se pueden saber. Los años son los
    de toda la pena. Lo que un tribunal compute como pena cumplida puede ser otra cosa.
theme: charges
returns: table
columns:
  person: {en: person, es: persona}
  sentence_years: {en: sentence in years, es: pena en años}
  sentenced_on: {en: sentenced on, es: fecha de la sentencia}
  charges: {en: convicted of, es: condena por, kind: name}
  started: {en: taken on, es: detención desde}
  ended: {en: ended on, es: detención hasta}
  status: {en: status, es: situación, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  counted_to: {en: days counted to, es: días contados hasta}
  days_least: {en: "days in custody, least", es: "días en detención, mínimo"}
  days_most: {en: "days in custody, most", es: "días en detención, máximo"}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  detention_id: {en: id of the custody, es: id de la detención}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: kin
    columns: [person, sentence_years, sentenced_on, charges, status, counted_to, days_least, days_most, confidence, detention_id, sources]
    rows:
      - [Quique Acusado Ficticio, 12, 2025-05, [{en: Synthetic offence one, es: Delito sintético uno}], detained, 2025-06-30, 240, 240, reported, d-quique, [s2, s3]]
      # Released on an unknown day.
      - [Hugo Cuñado Ficticio, 5, null, [], released, null, null, null, alleged, d-hugo, [s1]]
      # Convicted, the sentence unknown.
      - [Iván Cargo Ficticio, null, null, [{en: Synthetic offence two, es: Delito sintético dos}], conditional_release, null, null, null, reported, d-ivan, [s2]]
    # Accused only.
    never: [d-nora, d-saul-2]
*/
MATCH (p:Person)-[taken:DETAINED_IN]->(d:Detention)
OPTIONAL MATCH (d)-[r:CHARGED_WITH]->(c:Charge)
WHERE r.status = 'convicted'
WITH p, d, taken, c, r
ORDER BY c.name_es, c.id
WITH p, d, taken, collect(CASE WHEN c IS NOT NULL
       THEN {
         name: {en: coalesce(c.name_en, c.name_es, c.id), es: coalesce(c.name_es, c.name_en, c.id)},
         claims: r.claims, grade: r.confidence} END) AS charges
WHERE d.sentence_years IS NOT NULL OR d.sentenced_on IS NOT NULL OR size(charges) > 0
WITH p, d, taken, charges,
     d.ended IS NULL AND d.status IN ['detained', 'house_arrest', 'disappeared'] AS going_on
WITH p, d, taken, charges,
     CASE WHEN going_on THEN d.status_as_of ELSE d.ended END AS counted_to,
     CASE WHEN going_on THEN d.status_as_of_min ELSE d.ended_min END AS first,
     CASE WHEN going_on THEN d.status_as_of_max ELSE d.ended_max END AS last
WITH p, d, taken, charges, counted_to,
     [taken.confidence, coalesce(d.sentence_years_confidence, d.confidence)]
       + [c IN charges | c.grade] AS grades,
     duration.inDays(d.started_max, first).days AS least,
     duration.inDays(d.started_min, last).days AS most
RETURN p.name AS person, d.sentence_years AS sentence_years, d.sentenced_on AS sentenced_on,
       [c IN charges | c.name] AS charges, d.started AS started, d.ended AS ended,
       d.status AS status, d.status_as_of AS status_as_of, counted_to,
       CASE WHEN least < 0 THEN 0 ELSE least END AS days_least, most AS days_most,
       CASE WHEN 'alleged' IN grades THEN 'alleged' WHEN 'reported' IN grades THEN 'reported'
         ELSE 'documented' END AS confidence,
       coalesce(d.disputed, []) AS disputed, p.id AS person_id, d.id AS detention_id,
       [taken.claims] + [c IN charges | c.claims] AS sources
ORDER BY coalesce(sentence_years, -1) DESC, person, detention_id
