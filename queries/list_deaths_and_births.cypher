/*
title:
  en: Who died and who was born in custody
  es: Quiénes murieron y quiénes nacieron en detención
description:
  en: >
    Deaths: custodies that ended in death by the latest report; the day is that of the end of the
    custody, else that of the death. Births: children of a woman, or of a parent whose gender is
    not given, whose date of birth falls in that parent's custody; "confirmed" where it does
    whatever the dates mean. A minor without a date of birth whose own custody began after that of
    the mother, and during it, is listed as a possible birth: that is inferred, since the child
    may as well have been brought there; the day is that on which the child's custody began.
    Minors are not named.
  es: >
    Muertes: detenciones que según el último informe terminaron en muerte; el día es el del final de
    la detención o, si no se conoce, el de la muerte. Nacimientos: hijas e hijos de una mujer, o de
    alguien cuyo género no se indica, cuya fecha de nacimiento cae en la detención de esa persona;
    "confirmada", si es así signifiquen lo que signifiquen las fechas. Quien es menor de edad, no
    tiene fecha de nacimiento y entró en detención después que su madre y durante la detención de
    esta figura como nacimiento posible: se deduce, pues también pudieron llevarlo allí; el día es
    aquel en que comenzó su propia detención. No se nombra a menores de edad.
theme: custody
returns: table
columns:
  what: {en: what, es: qué, kind: "word:life_event"}
  person: {en: person, es: persona}
  day: {en: day, es: día}
  certainty: {en: in custody, es: en detención, kind: "word:certainty"}
  grounds: {en: by what, es: según qué, kind: "word:life_grounds"}
  mother: {en: in the custody of, es: en la detención de}
  in_words: {en: in words, es: en palabras, kind: "word:people_in_words"}
  places: {en: "places of that custody, whenever", es: "lugares de esa detención, en cualquier fecha"}
  started: {en: taken on, es: detención desde}
  status: {en: status of that custody, es: situación de esa detención, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  basis: {en: basis, es: motivo, kind: "word:basis"}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  mother_id: {en: id of the other, es: id de la otra persona}
  detention_id: {en: id of that custody, es: id de esa detención}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: custody
    columns: [what, person, day, certainty, grounds, mother, in_words, places, started, confidence, detention_id, sources]
    rows:
      - [birth, minor, 2022-12, possible, born, Eva Prueba, son, [Cárcel Ficticia Dos, Cárcel Ficticia Uno], 2022-01-01, reported, d-eva-2, [s2, s5]]
      - [birth, minor, 2024-05, possible, held, Ana Prueba, daughter, [Calabozo Ficticio, Cárcel Ficticia Dos, Cárcel Ficticia Uno], 2024-03-15, reported, d-ana-2, [s2, s5]]
      - [birth, minor, 2024-05-01, confirmed, born, Ana Prueba, daughter, [Calabozo Ficticio, Cárcel Ficticia Dos, Cárcel Ficticia Uno], 2024-03-15, reported, d-ana-2, [s2, s5]]
      - [death, Heli Prueba, 2024-07-01, confirmed, status, null, null, [Calabozo Ficticio], 2024-06, documented, d-heli, [s1]]
    # A father's custody; taken on the same day as the mother; born between two custodies of hers.
    never: [nora, dino, nico, nadia, d-eva-1, d-ana-1]
*/
MATCH (p:Person)-[custody:DETAINED_IN]->(d:Detention)
WITH p, custody, d, coalesce(d.status = 'deceased', false) AS died,
     coalesce(p.gender, '') <> 'm' AS may_bear
WHERE died OR may_bear
OPTIONAL MATCH (p)-[:DETAINED_IN]->(later:Detention)
WHERE d.ended IS NULL AND later.started_min > d.started_max
WITH p, custody, d, died, may_bear, min(later.started_max) AS next
OPTIONAL MATCH (p)-[k:RELATED_TO]->(child:Person)<-[:ABOUT]-(c:Claim)
WHERE k.kind = 'parent_of' AND child.born IS NOT NULL AND c.table = 'people'
  AND c.superseded_by IS NULL
WITH p, custody, d, died, may_bear, next, k, child, collect(c.id) AS told
WITH p, custody, d, died, may_bear, next, collect(CASE WHEN child IS NULL THEN null ELSE {
       id: child.id, name: child.name, day: child.born, first: child.born_min, last: child.born_max,
       grounds: 'born', in_words: k.detail_to, claims: k.claims + told,
       grades: [k.confidence, coalesce(child.born_confidence, child.confidence)]
     } END) AS born
OPTIONAL MATCH (p)-[k:RELATED_TO]->(child:Person)-[j:DETAINED_IN]->(own:Detention)
WHERE k.kind = 'parent_of' AND child.born IS NULL AND child.is_minor
  AND own.started_min > d.started_max
WITH p, custody, d, died, may_bear, next, born, collect(CASE WHEN child IS NULL THEN null ELSE {
       id: child.id, name: child.name, day: own.started, first: own.started_min, last: own.started_max,
       grounds: 'held', in_words: k.detail_to, claims: k.claims + j.claims,
       grades: [k.confidence, j.confidence]
     } END) AS held
WITH p, custody, d, died, [b IN CASE WHEN may_bear THEN born + held ELSE [] END
       WHERE NOT coalesce(b.last < d.started_min, false) AND NOT coalesce(b.first > d.ended_max, false)
         AND NOT coalesce(d.ended IS NULL AND next <= b.first, false)
         AND NOT coalesce(d.ended IS NULL AND b.first > d.status_as_of_max AND d.status IN
           ['released', 'conditional_release', 'deceased', 'escaped'], false) | {
       what: 'birth', id: b.id, name: b.name, day: b.day, grounds: b.grounds,
       certainty: CASE WHEN b.grounds = 'born' AND b.first >= d.started_max
           AND (b.last <= d.ended_min OR (d.ended IS NULL AND b.last <= d.status_as_of_min
             AND d.status IN ['detained', 'house_arrest', 'disappeared']))
         THEN 'confirmed' ELSE 'possible' END,
       mother: p.name, mother_id: p.id, in_words: b.in_words, claims: custody.claims + b.claims,
       grades: [custody.confidence] + b.grades
     }] AS births
UNWIND births + CASE WHEN died THEN [{
       what: 'death', id: p.id, name: p.name, day: coalesce(d.ended, p.died), grounds: 'status',
       certainty: 'confirmed', claims: custody.claims,
       grades: [custody.confidence, coalesce(d.status_confidence, d.confidence)]
     }] ELSE [] END AS event
OPTIONAL MATCH (d)-[:HELD_AT]->(place:Place)
WITH d, event, place
ORDER BY place.name
WITH d, event, collect(DISTINCT place.name) AS places
WITH d, event, places, event.claims AS sources
RETURN event.what AS what, event.name AS person, event.day AS day, event.certainty AS certainty,
       event.grounds AS grounds, event.mother AS mother,
       event.in_words AS in_words, places, d.started AS started,
       d.status AS status, d.status_as_of AS status_as_of, d.basis AS basis,
       CASE WHEN 'alleged' IN event.grades THEN 'alleged'
         WHEN 'reported' IN event.grades THEN 'reported'
         ELSE 'documented' END AS confidence,
       d.disputed AS disputed, event.id AS person_id, event.mother_id AS mother_id,
       d.id AS detention_id, sources
ORDER BY what, day, person_id, detention_id
