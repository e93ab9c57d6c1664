/*
title:
  en: Who is still held after an amnesty
  es: Quiénes siguen en detención después de una amnistía
description:
  en: >
    Custodies begun by the adoption of a law with rules in which the person was still held by the
    latest news, with what the rules say of each (see check_amnesty: a screening, not legal
    advice). "confirmed": begun by then for sure, and reported as held on a later day. "possible":
    the start, or the day of the news, is not exact enough. With `older` also those whose latest
    news is not later than the law: nothing says that they were freed, nor that they are held.
    Held is who is detained, under house arrest or disappeared, without a known end, death or later
    custody. Laws whose day of adoption is unknown are left out.
  es: >
    Detenciones comenzadas al aprobarse una ley con reglas en las que, según la última noticia, la
    persona seguía detenida, con lo que las reglas dicen de cada una (véase check_amnesty: un primer
    examen, no asesoría jurídica). "confirmada": comenzó antes con seguridad y un informe posterior
    a la ley la da por detenida. "posible": la fecha del comienzo o la de la noticia no es lo
    bastante exacta. Con `older`, también aquellas cuya última noticia no es posterior a la ley:
    nada dice que hayan salido, ni que sigan detenidas. Se considera detenida a quien está en
    detención, en arresto domiciliario o con paradero desconocido, sin que se conozca su salida, su
    muerte ni una detención posterior. Quedan fuera las leyes sin fecha de aprobación conocida.
theme: amnesty
returns: table
parameters:
  law:
    type: id
    default: null
    en: the amnesty; all laws with rules where none is given
    es: la amnistía; si no se indica, todas las leyes con reglas
    choices: "MATCH (l:Law)-[:HAS_RULE]->(:Rule) RETURN DISTINCT l.id AS id ORDER BY id"
  older: {type: flag, default: false, en: also those whose latest news is not later than the law, es: también aquellas cuya última noticia no es posterior a la ley}
columns:
  person: {en: person, es: persona}
  law: {en: law, es: ley, kind: name}
  certainty: {en: held after the law, es: en detención después de la ley, kind: "word:certainty"}
  status: {en: status, es: situación, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  verdict: {en: "by the rules (a screening, not legal advice)", es: "según las reglas (primer examen, no asesoría jurídica)", kind: "word:amnesty_verdict"}
  rules: {en: deciding rules, es: reglas que deciden, kind: name}
  missing: {en: facts missing, es: datos que faltan, kind: "word:amnesty_missing"}
  charges: {en: charges, es: delitos imputados, kind: name}
  charge_status: {en: status of each, es: situación de cada uno, kind: "word:charge_status"}
  outcome: {en: outcome of the request, es: resultado de la solicitud, kind: "word:outcome"}
  basis: {en: basis, es: motivo, kind: "word:basis"}
  started: {en: taken on, es: detención desde}
  adopted: {en: law adopted on, es: ley aprobada el}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  detention_id: {en: id of the custody, es: id de la detención}
  law_id: {en: id of the law, es: id de la ley}
  rule_ids: {en: ids of the rules, es: id de las reglas}
  charge_ids: {en: ids of the charges, es: id de los delitos}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: amnesty
    given: {law: ley-a}
    columns: [person, certainty, status, status_as_of, verdict, rule_ids, missing, outcome, confidence, detention_id, sources]
    rows:
      - [Fabio Prueba, confirmed, detained, 2025-03-01, covered, [a-marcha], [], [], reported, d-fabio, [s1, s3, s4]]
      - [Alba Prueba, confirmed, detained, 2025-03-01, excluded, [a-homicidio], [], [], reported, d-alba, [s1, s2, s3]]
      - [Elsa Prueba, confirmed, detained, 2025-03-01, excluded, [a-homicidio], [], [], reported, d-elsa, [s1, s2, s3]]
      - [Hugo Prueba, confirmed, detained, 2025-03-01, excluded, [a-rebelion], [], [], documented, d-hugo, [s1, s2, s3]]
      - [minor, confirmed, disappeared, 2025-03-01, excluded, [a-armas], [], [], reported, d-luz, [s1, s3, s4]]
      - [José Prueba, confirmed, detained, 2025-03-01, undetermined, [], [link, facts], [], alleged, d-jose, [s1, s2]]
      - [Kira Prueba, confirmed, detained, 2025-03-01, undetermined, [], [link, facts], [], reported, d-kira, [s1, s2]]
      # Reported in February, of which some days are before the law.
      - [Berta Prueba, possible, detained, 2025-02, undetermined, [], [link, facts], [], reported, d-berta, [s1, s2]]
    # Freed; taken after the law; taken again; last news before the law, and on its very day.
    never: [d-gina, d-ines-2, d-ines, d-celia, d-dora, gina]
  - fixture: amnesty
    given: {law: ley-a, older: true}
    columns: [person, certainty, verdict, outcome, detention_id]
    rows:
      - [Fabio Prueba, confirmed, covered, [], d-fabio]
      - [Alba Prueba, confirmed, excluded, [], d-alba]
      - [Elsa Prueba, confirmed, excluded, [], d-elsa]
      - [Hugo Prueba, confirmed, excluded, [], d-hugo]
      - [minor, confirmed, excluded, [], d-luz]
      - [José Prueba, confirmed, undetermined, [], d-jose]
      - [Kira Prueba, confirmed, undetermined, [], d-kira]
      - [Dora Prueba, possible, covered, [pending], d-dora]
      - [Berta Prueba, possible, undetermined, [], d-berta]
      - [Celia Prueba, possible, undetermined, [], d-celia]
    never: [d-gina, d-ines-2, d-ines]
  - fixture: amnesty
    given: {law: ley-b, older: true}
    columns: [detention_id]
    # All were taken after that law.
    rows: []
    never: [d-hugo, d-alba]
*/
MATCH (l:Law)-[:HAS_RULE]->(:Rule)
WHERE ($law IS NULL OR l.id = $law) AND l.adopted_min IS NOT NULL
WITH DISTINCT l
MATCH (d:Detention)
WHERE d.status IN ['detained', 'house_arrest', 'disappeared'] AND d.ended IS NULL
  AND coalesce(d.started_min <= l.adopted_max, true)
  AND ($older OR d.status_as_of_max > l.adopted_min)
MATCH (p:Person)-[custody:DETAINED_IN]->(d)
WHERE p.died IS NULL AND NOT EXISTS {
        MATCH (p)-[:DETAINED_IN]->(e:Detention)
        WHERE e.started_min > d.started_max }
// The verdict, as in check_amnesty.
WITH l, p, custody, d, COLLECT {
       MATCH (d)-[w:CHARGED_WITH]->(c:Charge)
       MATCH (c)<-[:NAMES]-(x:Rule)
       MATCH (x)<-[h:HAS_RULE]-(l)
       WHERE x.effect = 'excludes' AND x.kind <> 'conduct'
         AND NOT coalesce(w.status, 'unknown') IN ['acquitted', 'dismissed', 'annulled']
         AND NOT coalesce(d.facts_started_min > x.ended_max, false)
         AND NOT coalesce(d.facts_ended_max < x.started_min, false)
         AND NOT coalesce(d.started_max < x.started_min, false)
       RETURN {
         id: x.id, claims: w.claims + h.claims,
         name: {en: coalesce(x.name_en, x.name_es, x.id), es: coalesce(x.name_es, x.name_en, x.id)},
         stands: coalesce(w.status, 'unknown') IN ['accused', 'convicted'],
         within: (x.started IS NULL AND x.ended IS NULL) OR coalesce(
           d.facts_started_min >= x.started_min AND d.facts_ended_max <= x.ended_max, false)
       } AS term
     } AS named, COLLECT {
       MATCH (d)-[f:FALLS_UNDER]->(y:Rule)
       MATCH (y)<-[h:HAS_RULE]-(l)
       RETURN {
         id: y.id, effect: y.effect, claims: f.claims + h.claims,
         name: {en: coalesce(y.name_en, y.name_es, y.id), es: coalesce(y.name_es, y.name_en, y.id)}
       } AS term
     } + COLLECT {
       MATCH (d)-[m:PART_OF_CASE]->(k:Case)
       WHERE coalesce(m.role, 'accused') IN ['accused', 'convicted']
       MATCH (k)-[v:FALLS_UNDER|NAMES]-(z:Rule)
       MATCH (z)<-[h:HAS_RULE]-(l)
       RETURN {
         id: z.id, effect: z.effect, claims: m.claims + v.claims + h.claims,
         name: {en: coalesce(z.name_en, z.name_es, z.id), es: coalesce(z.name_es, z.name_en, z.id)}
       } AS term
     } AS linked, COLLECT {
       MATCH (d)-[w:CHARGED_WITH]->(c:Charge)
       WITH w, c
       ORDER BY c.id
       RETURN {
         id: c.id, status: coalesce(w.status, 'unknown'), claims: w.claims,
         name: {en: coalesce(c.name_en, c.name_es, c.id), es: coalesce(c.name_es, c.name_en, c.id)}
       } AS charge
     } AS charges, COLLECT {
       MATCH (d)-[a:AMNESTY]->(l)
       WITH a
       ORDER BY a.requested_min, a.id
       RETURN {outcome: coalesce(a.outcome, 'unknown'), claims: a.claims} AS request
     } AS asked
WITH l, p, custody, d, charges, asked, [t IN named WHERE NOT (t.stands AND t.within)] AS doubtful,
     [t IN named WHERE t.stands AND t.within]
       + [t IN linked WHERE t.effect = 'excludes'] AS against,
     [t IN linked WHERE t.effect = 'covers'] AS in_favour
WITH l, p, custody, d, charges, asked, doubtful, against, in_favour,
     CASE WHEN size(against) > 0 THEN 'excluded'
       WHEN size(in_favour) > 0 AND size(doubtful) = 0 THEN 'covered'
       ELSE 'undetermined' END AS verdict
WITH l, p, custody, d, charges, asked, doubtful, in_favour, verdict,
     CASE verdict WHEN 'excluded' THEN against WHEN 'covered' THEN in_favour ELSE [] END AS deciding
RETURN p.name AS person,
       {en: coalesce(l.name_en, l.name_es, l.id), es: coalesce(l.name_es, l.name_en, l.id)} AS law,
       CASE WHEN d.started_max <= l.adopted_min AND d.status_as_of_min > l.adopted_max
         THEN 'confirmed' ELSE 'possible' END AS certainty,
       d.status AS status, d.status_as_of AS status_as_of, verdict,
       [t IN deciding | t.name] AS rules,
       CASE WHEN verdict <> 'undetermined' THEN []
         ELSE CASE WHEN size(in_favour) = 0 THEN ['link'] ELSE [] END
           + CASE WHEN size(charges) = 0 THEN ['charges'] ELSE [] END
           + CASE WHEN false IN [t IN doubtful | t.stands] THEN ['charge_status'] ELSE [] END
           + CASE WHEN d.facts_started IS NULL OR d.facts_ended IS NULL THEN ['facts'] ELSE [] END
       END AS missing,
       [t IN charges | t.name] AS charges, [t IN charges | t.status] AS charge_status,
       [t IN asked | t.outcome] AS outcome, d.basis AS basis, d.started AS started,
       l.adopted AS adopted,
       CASE WHEN 'alleged' IN [custody.confidence, coalesce(d.status_confidence, d.confidence)] THEN 'alleged'
         WHEN 'reported' IN [custody.confidence, coalesce(d.status_confidence, d.confidence)] THEN 'reported'
         ELSE 'documented' END AS confidence,
       d.disputed AS disputed,
       p.id AS person_id, d.id AS detention_id, l.id AS law_id,
       [t IN deciding | t.id] AS rule_ids, [t IN charges | t.id] AS charge_ids,
       [custody.claims] + [t IN deciding + doubtful + charges + asked | t.claims] AS sources
ORDER BY law_id, certainty, verdict, person, detention_id
