/*
title:
  en: What is known of one official
  es: Qué se sabe de un funcionario
description:
  en: >
    One fact a row: the posts of a person, the detentions they took part in and how, what they did
    with regard to whole bodies, and their part in proceedings and other events, which is no part
    in a detention. A blank date is unknown, never "still in office". For all roles in numbers:
    rank_officials
  es: >
    Un dato por fila: los cargos de una persona, las detenciones en las que participó y cómo, lo
    que hizo respecto de cuerpos en su conjunto, y su parte en procesos y otros hechos, que no es
    parte en una detención. Una fecha en blanco es desconocida, nunca "sigue en el cargo". Para
    todos los papeles en cifras: rank_officials
theme: officials
returns: table
parameters:
  id:
    type: id
    en: the person
    es: la persona
    choices: MATCH (p:Official) RETURN p.id AS id ORDER BY id
columns:
  section: {en: section, es: sección, kind: "word:section"}
  tie: {en: tie, es: vínculo, kind: label}
  role: {en: role, es: papel, kind: detail}
  subject: {en: in or over, es: en o respecto de}
  title: {en: title of the post, es: cargo}
  commands: {en: has command, es: tiene mando, kind: "word:yes_no_unknown"}
  started: {en: from, es: desde}
  ended: {en: to, es: hasta}
  status: {en: status of the custody, es: situación de la detención, kind: "word:custody_status"}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: field}
  subject_id: {en: id, es: id}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: officials
    given: {id: hugo-jefe}
    columns: [section, role, subject, title, commands, started, ended, status, confidence, subject_id, sources]
    rows:
      - [post, null, Comisaría Ficticia, Jefe, "yes", 2020-01-01, 2024-12-31, null, documented, comisaria, [s1, s4]]
      - [detention, commanded, Luis Prueba Uno, null, null, 2021-06-15, 2021-09-01, released, documented, d-luis-1, [s1]]
      - [detention, ordered, Marta Prueba Dos, null, null, 2022-03, null, detained, alleged, d-marta, [s2]]
      - [detention, ordered, minor, null, null, 2022-04-01, 2022-04-02, released, reported, d-menor, [s2]]
      - [body, commanded, Comisaría Ficticia, null, null, null, null, null, documented, comisaria, [s1]]
      - [event, sanctioned, Synthetic sanction, null, null, 2024-01-05, null, null, documented, ev-sancion, [s3]]
    # The custody of one of them in which this person had no part.
    never: [d-luis-2]
  - fixture: officials
    given: {id: kira-jueza}
    columns: [section, role, subject, started, ended, confidence]
    rows:
      - [post, null, Tribunal Ficticio, "2019", "2024", reported]
      - [detention, presided, Luis Prueba Uno, 2021-06-15, 2021-09-01, reported]
      - [detention, presided, Marta Prueba Dos, 2022-03, null, documented]
      - [event, presided, Synthetic trial of an agent, 2023-02, 2023-10-05, documented]
    never: [nilo-agente, leon-fiscal]
*/
CALL {
  MATCH (:Person {id: $id})-[r:HOLDS_POST]->(o:Organization)
  RETURN 1 AS place, 'post' AS section, r AS tie, o.name AS subject, o.id AS subject_id,
         r.started AS started, r.ended AS ended, null AS status
  UNION ALL
  MATCH (:Person {id: $id})-[r:INVOLVED_IN]->(d:Detention)
  OPTIONAL MATCH (d)<-[:DETAINED_IN]-(held:Person)
  RETURN 2 AS place, 'detention' AS section, r AS tie, coalesce(held.name, d.id) AS subject, d.id AS subject_id,
         d.started AS started, d.ended AS ended, d.status AS status
  UNION ALL
  MATCH (:Person {id: $id})-[r:INVOLVED_IN]->(o:Organization)
  RETURN 3 AS place, 'body' AS section, r AS tie, o.name AS subject, o.id AS subject_id,
         null AS started, null AS ended, null AS status
  UNION ALL
  MATCH (:Person {id: $id})-[r:TOOK_PART]->(e:Event)
  RETURN 4 AS place, 'event' AS section, r AS tie, e.name AS subject, e.id AS subject_id,
         e.started AS started, e.ended AS ended, null AS status
}
WITH place, section, tie, subject, subject_id, started, ended, status, tie.claims AS sources
RETURN section, type(tie) AS tie, tie.role AS role, subject, tie.title AS title,
       tie.commands AS commands, started, ended, status, tie.confidence AS confidence,
       tie.disputed AS disputed, subject_id, sources
ORDER BY place, started, subject, role, title, subject_id
