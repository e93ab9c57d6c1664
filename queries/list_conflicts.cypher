/*
title:
  en: What the sources disagree on
  es: En qué discrepan las fuentes
description:
  en: >
    Each field on which claims differ, with all that is said of it side by side and who says it;
    and each charge of which the press says something else than a rule of an amnesty law that names
    it ("yes" is read as: the amnesty covers it). None of the values is thereby true or false.
  es: >
    Cada dato sobre el que las fuentes difieren, con todo lo que se afirma y quién lo afirma; y
    cada delito del que la prensa dice algo distinto de lo que dispone una regla de una ley de
    amnistía que lo nombra ("sí" se lee como: la amnistía lo ampara). Ningún valor es por ello
    verdadero o falso.
theme: evidence
returns: table
columns:
  subject: {en: about, es: sobre, kind: name}
  label: {en: what it is, es: qué es, kind: label}
  field: {en: field, es: dato, kind: field}
  other: {en: with regard to, es: respecto de, kind: name}
  values: {en: what is said, es: qué se afirma, kind: sides}
  id: {en: id, es: id}
answers:
  - columns: [subject, label, field, values, id]
    rows:
      - [Ana Prueba Uno, Detention, started, {"2025-01-07": [s1], "2025-01-08": [s2]}, d-ana]
      - [Carla Prueba Tres, Person, age, {"30": [s1], "31": [s2]}, carla-prueba]
    never: [d-carla-1, bruno-prueba]
  - fixture: evidence
    columns: [label, field, other, values, id]
    rows:
      - [Charge, amnesty_in_press, {en: Synthetic Amnesty, es: Amnistía Sintética}, {contested: [s2], "excludes: Offences left out": [s1, s4]}, c-contested-out]
      - [Charge, amnesty_in_press, {en: Synthetic Amnesty, es: Amnistía Sintética}, {"no": [s2], "covers: Offences covered": [s1]}, c-no-in]
      - [Charge, amnesty_in_press, {en: Synthetic Amnesty, es: Amnistía Sintética}, {"yes": [s2], "excludes: Offences left out": [s1, s4]}, c-yes-out]
    # Said alike by press and law; said by the press alone; decided for a period alone, by conduct.
    never: [c-yes-in, c-no-out, c-unknown-out, c-contested-2019, c-yes-conduct]
*/
CALL {
  MATCH (n:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule|Source)
  WHERE size(n.disputed) > 0
  UNWIND n.disputed AS field
  RETURN n AS subject, field, null AS far, null AS law, [] AS ruled
  UNION ALL
  MATCH (n:Person|Detention|Event|Organization)
        -[r:CHARGED_WITH|BECAUSE_OF|RELATED_TO|HOLDS_POST|PART_OF|OPERATES|AMNESTY]->(far)
  WHERE size(r.disputed) > 0
  UNWIND r.disputed AS name
  WITH n, far, type(r) AS kind, name
  WHERE name <> kind
  RETURN n AS subject, kind + '.' + name AS field, far, null AS law, [] AS ruled
  UNION ALL
  // A rule of conduct is never derived from a charge, and one with dates decides for them alone.
  MATCH (l:Law)-[:HAS_RULE]->(rule:Rule)-[n:NAMES]->(charge:Charge)
  WHERE rule.kind <> 'conduct'
    AND ((rule.effect = 'excludes' AND charge.amnesty_in_press = 'yes')
      OR (rule.effect = 'covers' AND charge.amnesty_in_press = 'no')
      OR (rule.effect IN ['excludes', 'covers'] AND charge.amnesty_in_press = 'contested'
          AND rule.started IS NULL AND rule.ended IS NULL))
  WITH l, rule, n, charge
  ORDER BY rule.id
  RETURN charge AS subject, 'amnesty_in_press' AS field, null AS far, l AS law, collect({
           value: {
             en: CASE rule.effect WHEN 'covers' THEN 'covers: ' ELSE 'excludes: ' END
                 + coalesce(rule.name_en, rule.name_es, rule.id),
             es: CASE rule.effect WHEN 'covers' THEN 'ampara: ' ELSE 'excluye: ' END
                 + coalesce(rule.name_es, rule.name_en, rule.id)
           },
           confidence: n.confidence, sources: n.claims
         }) AS ruled
}
MATCH (subject)<-[:ABOUT]-(c:Claim)
WHERE c.superseded_by IS NULL AND field IN c.fields
UNWIND range(0, size(c.fields) - 1) AS i
WITH subject, field, far, law, ruled, c, i
WHERE c.fields[i] = field AND c.subjects[i] = subject.id AND (far IS NULL OR c.others[i] = far.id)
WITH subject, field, law, ruled, c.others[i] AS other_id, c.values[i] AS value,
     min(CASE c.confidence WHEN 'documented' THEN 1 WHEN 'reported' THEN 2 ELSE 3 END) AS rank,
     max(c.as_of) AS as_of,
     min(c.statuses[i]) AS status, collect(c.id) AS sources
ORDER BY value
WITH subject, field, law, ruled, other_id,
     collect({
       value: value, status: status, as_of: as_of, sources: sources,
       confidence: CASE rank WHEN 1 THEN 'documented' WHEN 2 THEN 'reported' ELSE 'alleged' END
     }) AS said
OPTIONAL MATCH (held:Person)-[:DETAINED_IN]->(subject)
WITH subject, field, said + ruled AS values, held, coalesce(law.id, other_id) AS far_id
// Label by label, since the embedded engine finds several at once by no index.
WITH subject, field, values, held, CASE WHEN coalesce(far_id, '') <> '' THEN COLLECT {
       MATCH (p:Person {id: far_id}) RETURN {id: p.id, name: p.name} AS found
       UNION ALL
       MATCH (g:Organization {id: far_id}) RETURN {id: g.id, name: g.name} AS found
       UNION ALL
       MATCH (s:Place {id: far_id}) RETURN {id: s.id, name: s.name} AS found
       UNION ALL
       MATCH (b:Charge {id: far_id}) RETURN {id: b.id, name_en: b.name_en, name_es: b.name_es} AS found
       UNION ALL
       MATCH (l:Law {id: far_id}) RETURN {id: l.id, name_en: l.name_en, name_es: l.name_es} AS found
     }[0] END AS o,
     [label IN labels(subject) WHERE label IN ['Person', 'Detention', 'Event', 'Place',
       'Organization', 'Case', 'Charge', 'Law', 'Rule', 'Source']][0] AS label
WITH subject, field, values, label, o, coalesce(subject.name, held.name, subject.title) AS name
RETURN CASE WHEN name IS NULL THEN {
         en: coalesce(subject.name_en, subject.name_es, subject.id),
         es: coalesce(subject.name_es, subject.name_en, subject.id)
       } ELSE name END AS subject,
       label, field,
       CASE WHEN o.name IS NULL AND coalesce(o.name_en, o.name_es) IS NOT NULL THEN {
         en: coalesce(o.name_en, o.name_es), es: coalesce(o.name_es, o.name_en)
       } ELSE coalesce(o.name, '') END AS other,
       values, subject.id AS id
ORDER BY label, name, id, field, o.id
