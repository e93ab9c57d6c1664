/*
title:
  en: What is missing, one by one
  es: Qué falta, uno por uno
description:
  en: >
    For each custody, person, body, place, charge, event and source, what nobody has recorded:
    dates, status, charges, who made the arrest, where the person was held, who runs a place, under
    what a body is. A person is listed where a detainee has no custody, gender, nationality or date
    of birth, or where a post in the state has no dates. What is missing here may be known elsewhere.
  es: >
    De cada detención, persona, cuerpo, lugar, delito, hecho y fuente, lo que nadie ha registrado:
    fechas, situación, delitos imputados, quién hizo la aprehensión, dónde estuvo la persona, quién
    administra un lugar, de qué depende un cuerpo. Una persona figura cuando de quien estuvo en
    detención no consta la detención, el género, la nacionalidad o el nacimiento, o cuando un cargo
    en el Estado no tiene fechas. Lo que aquí falta puede saberse en otra parte.
theme: evidence
returns: table
columns:
  subject: {en: about, es: sobre, kind: name}
  label: {en: what it is, es: qué es, kind: label}
  missing: {en: missing, es: falta, kind: field}
  how_many: {en: how many, es: cuántos}
  id: {en: id, es: id}
answers:
  - fixture: evidence
    columns: [label, subject, missing, how_many, id]
    rows:
      - [Charge, {en: Offence eight, es: Delito ocho}, [UNDER], 1, c-yes-conduct]
      - [Detention, Tina Prueba Cinco, [started, status, status_as_of, basis, CHARGED_WITH, ARRESTED_BY, HELD_AT], 7, d-tina]
      - [Detention, Quim Prueba Dos, [CHARGED_WITH, HELD_AT], 2, d-quim]
      # Released, nobody says when.
      - [Detention, Saúl Prueba Cuatro, [ended, CHARGED_WITH], 2, d-saul]
      - [Detention, minor, [CHARGED_WITH, HELD_AT], 2, d-una]
      - [Detention, Rita Prueba Tres, [ARRESTED_BY], 1, d-rita-1]
      # Convicted, nobody says to what.
      - [Detention, Rita Prueba Tres, [sentence_years], 1, d-rita-2]
      - [Detention, Veli Prueba Siete, [CHARGED_WITH], 1, d-veli]
      - [Organization, Cuerpo Ficticio, [PART_OF.kind], 1, cuerpo]
      - [Person, Tina Prueba Cinco, [gender, nationality, born], 3, tina-prueba]
      - [Person, Rita Prueba Tres, [nationality, born], 2, rita-prueba]
      # Said to have been detained; no custody.
      - [Person, Xavi Prueba Nueve, [DETAINED_IN], 1, xavi-prueba]
      - [Person, Yago Oficial Ficticio, [HOLDS_POST.started], 1, yago-oficial]
      - [Place, Finca Ficticia, [kind, OPERATES], 2, finca]
      - [Place, Cárcel Ficticia, [OPERATES.started], 1, carcel]
      - [Source, Synthetic leaflet, [publisher, published, url], 3, s5]
    # Held, charged, placed; convicted with a sentence; a body under nothing.
    never: [d-pia, d-wanda, ministerio, pia-prueba]
*/
CALL {
  MATCH (d:Detention)
  OPTIONAL MATCH (held:Person)-[:DETAINED_IN]->(d)
  OPTIONAL MATCH (d)-[c:CHARGED_WITH]->(:Charge)
  WITH held, d, count(c) AS charges, sum(CASE c.status WHEN 'convicted' THEN 1 ELSE 0 END) AS convicted
  OPTIONAL MATCH (d)-[a:ARRESTED_BY]->(:Organization)
  WITH held, d, charges, convicted, count(a) AS bodies
  OPTIONAL MATCH (d)-[h:HELD_AT]->(:Place)
  WITH held, d, charges, convicted, bodies, count(h) AS places
  RETURN 'Detention' AS label, d.id AS id, coalesce(held.name, d.id) AS name, null AS name_en, null AS name_es, [
    CASE WHEN d.started IS NULL THEN 'started' END,
    CASE WHEN d.ended IS NULL
      AND d.status IN ['released', 'conditional_release', 'deceased', 'escaped'] THEN 'ended' END,
    CASE WHEN coalesce(d.status, 'unknown') = 'unknown' THEN 'status' END,
    CASE WHEN d.status_as_of IS NULL THEN 'status_as_of' END,
    CASE WHEN d.basis IS NULL THEN 'basis' END,
    CASE WHEN convicted > 0 AND d.sentence_years IS NULL THEN 'sentence_years' END,
    CASE WHEN charges = 0 THEN 'CHARGED_WITH' END,
    CASE WHEN bodies = 0 THEN 'ARRESTED_BY' END,
    CASE WHEN places = 0 THEN 'HELD_AT' END
  ] AS fields
  UNION ALL
  MATCH (p:Person)
  OPTIONAL MATCH (p)-[i:DETAINED_IN]->(:Detention)
  WITH p, count(i) AS custodies
  WITH p, custodies, custodies > 0 OR 'detainee' IN coalesce(p.roles, []) AS detainee
  OPTIONAL MATCH (p)-[h:HOLDS_POST]->(o:Organization)
  WHERE h.started IS NULL AND h.ended IS NULL
    AND o.kind IN ['government', 'ministry', 'prosecution', 'court', 'military', 'intelligence',
                   'security_force', 'prison_service']
  WITH p, custodies, detainee, count(h) AS posts
  RETURN 'Person' AS label, p.id AS id, p.name AS name, null AS name_en, null AS name_es, [
    CASE WHEN detainee AND custodies = 0 THEN 'DETAINED_IN' END,
    CASE WHEN detainee AND p.gender IS NULL THEN 'gender' END,
    CASE WHEN detainee AND size(coalesce(p.nationality, [])) = 0 THEN 'nationality' END,
    CASE WHEN detainee AND p.born IS NULL THEN 'born' END,
    CASE WHEN posts > 0 THEN 'HOLDS_POST.started' END
  ] AS fields
  UNION ALL
  MATCH (o:Organization)
  OPTIONAL MATCH (o)-[p:PART_OF]->(:Organization)
  WHERE p.kind = 'unknown'
  WITH o, count(p) AS unknown
  RETURN 'Organization' AS label, o.id AS id, o.name AS name, null AS name_en, null AS name_es, [
    CASE WHEN o.kind IS NULL THEN 'kind' END,
    CASE WHEN unknown > 0 THEN 'PART_OF.kind' END
  ] AS fields
  UNION ALL
  MATCH (s:Place)
  WHERE coalesce(s.kind, '') <> 'residence'
  OPTIONAL MATCH (s)<-[o:OPERATES]-(:Organization)
  WITH s, count(o) AS operators,
       sum(CASE WHEN o IS NOT NULL AND o.started IS NULL AND o.ended IS NULL THEN 1 ELSE 0 END)
         AS undated
  RETURN 'Place' AS label, s.id AS id, s.name AS name, null AS name_en, null AS name_es, [
    CASE WHEN s.kind IS NULL THEN 'kind' END,
    CASE WHEN operators = 0 THEN 'OPERATES' END,
    CASE WHEN undated > 0 THEN 'OPERATES.started' END
  ] AS fields
  UNION ALL
  MATCH (c:Charge)
  OPTIONAL MATCH (c)-[u:UNDER]->(:Law)
  WITH c, count(u) AS laws
  RETURN 'Charge' AS label, c.id AS id, null AS name, c.name_en AS name_en, c.name_es AS name_es, [
    CASE WHEN laws = 0 THEN 'UNDER' END
  ] AS fields
  UNION ALL
  MATCH (e:Event)
  RETURN 'Event' AS label, e.id AS id, e.name AS name, null AS name_en, null AS name_es, [
    CASE WHEN e.started IS NULL AND e.ended IS NULL THEN 'started' END
  ] AS fields
  UNION ALL
  MATCH (s:Source)
  RETURN 'Source' AS label, s.id AS id, coalesce(s.title, s.id) AS name,
         null AS name_en, null AS name_es, [
    CASE WHEN s.publisher IS NULL AND s.origin IS NULL THEN 'publisher' END,
    CASE WHEN s.published IS NULL THEN 'published' END,
    CASE WHEN s.url IS NULL AND s.archived_url IS NULL THEN 'url' END
  ] AS fields
}
WITH label, id, name, name_en, name_es, [field IN fields WHERE field IS NOT NULL] AS missing
WHERE size(missing) > 0
RETURN CASE WHEN name IS NULL THEN {
         en: coalesce(name_en, name_es, id), es: coalesce(name_es, name_en, id)
       } ELSE name END AS subject,
       label, missing, size(missing) AS how_many, id
ORDER BY label, how_many DESC, name, id
