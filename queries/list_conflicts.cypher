/*
title:
  en: What the sources disagree on
  es: En qué discrepan las fuentes
description:
  en: >
    Each field on which claims differ, with all that is said of it side by side and who says it.
    None of the values is thereby true or false.
  es: >
    Cada dato sobre el que las fuentes difieren, con todo lo que se afirma y quién lo afirma.
    Ningún valor es por ello verdadero o falso.
theme: evidence
returns: table
columns:
  subject: {en: about, es: sobre}
  label: {en: what it is, es: qué es, kind: label}
  field: {en: field, es: dato, kind: field}
  other: {en: with regard to, es: respecto de}
  values: {en: what is said, es: qué se afirma, kind: sides}
  id: {en: id, es: id}
answers:
  - columns: [subject, label, field, values, id]
    rows:
      - [Ana Prueba Uno, Detention, started, {"2025-01-07": [s1], "2025-01-08": [s2]}, d-ana]
      - [Carla Prueba Tres, Person, age, {"30": [s1], "31": [s2]}, carla-prueba]
    never: [d-carla-1, bruno-prueba]
*/
CALL {
  MATCH (n:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule|Source)
  WHERE size(n.disputed) > 0
  UNWIND n.disputed AS field
  RETURN n AS subject, field, null AS far
  UNION ALL
  MATCH (n)-[r:CHARGED_WITH|BECAUSE_OF|RELATED_TO|HOLDS_POST|PART_OF|OPERATES|AMNESTY]->(far)
  WHERE size(r.disputed) > 0
  UNWIND r.disputed AS name
  WITH n, far, type(r) AS kind, name
  WHERE name <> kind
  RETURN n AS subject, kind + '.' + name AS field, far
}
MATCH (subject)<-[:ABOUT]-(c:Claim)
WHERE c.superseded_by IS NULL AND field IN c.fields
UNWIND range(0, size(c.fields) - 1) AS i
WITH subject, field, far, c, i
WHERE c.fields[i] = field AND c.subjects[i] = subject.id AND (far IS NULL OR c.others[i] = far.id)
OPTIONAL MATCH (c)-[x:CITES]->(s:Source)
WITH subject, field, c.others[i] AS other_id, c.values[i] AS value,
     min(CASE c.confidence WHEN 'documented' THEN 1 WHEN 'reported' THEN 2 ELSE 3 END) AS rank,
     max(c.as_of) AS as_of,
     min(c.statuses[i]) AS status,
     collect(DISTINCT CASE WHEN s IS NULL THEN null ELSE {
       id: s.id, publisher: s.publisher, published: s.published, title: s.title, url: s.url,
       page: x.page, accessed: x.accessed
     } END) AS sources
ORDER BY value
WITH subject, field, other_id,
     collect({
       value: value, status: status, as_of: as_of, sources: sources,
       confidence: CASE rank WHEN 1 THEN 'documented' WHEN 2 THEN 'reported' ELSE 'alleged' END
     }) AS values
OPTIONAL MATCH (held:Person)-[:DETAINED_IN]->(subject)
OPTIONAL MATCH (o:Person|Organization|Place|Charge|Law {id: other_id})
WITH subject, field, values, held, coalesce(o.name, o.name_es, o.name_en, '') AS other,
     [label IN labels(subject) WHERE label IN ['Person', 'Detention', 'Event', 'Place',
       'Organization', 'Case', 'Charge', 'Law', 'Rule', 'Source']][0] AS label
RETURN coalesce(subject.name, held.name, subject.title, subject.name_es, subject.name_en,
                subject.id) AS subject,
       label, field, other, values, subject.id AS id
ORDER BY label, subject, id, field, other
