/*
title:
  en: Who is prosecuted with whom
  es: Quién está en el mismo proceso que quién
description:
  en: >
    Pairs of people accused or convicted in one case, with the role of each and the charges that
    both face in the custodies that a source counts to that case. "share charges" is blank where
    those of one of the two are not known. Witnesses and victims are left out. Without an id all
    pairs, each once.
  es: >
    Pares de personas acusadas o condenadas en un mismo caso, con el papel de cada una y los delitos
    que se imputan a ambas en las detenciones que una fuente atribuye a ese caso. "comparten
    delitos" queda en blanco si no se conocen los de una de las dos. Sin testigos ni víctimas. Sin
    identificador, todos los pares, una vez cada uno.
theme: ties
returns: table
parameters:
  id:
    type: id
    default: null
    en: only pairs with this person
    es: solo los pares con esta persona
    choices: MATCH (p:Person) WHERE (p)-[:DETAINED_IN]->() RETURN p.id AS id ORDER BY id
columns:
  case_name: {en: case, es: caso}
  person: {en: person, es: persona}
  role: {en: role, es: papel, kind: "word:case_role"}
  codefendant: {en: codefendant, es: coimputada o coimputado}
  codefendant_role: {en: role of the other, es: papel de la otra persona, kind: "word:case_role"}
  shared: {en: share charges, es: comparten delitos}
  shared_charges: {en: shared charges, es: delitos en común, kind: name}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  case_id: {en: id of the case, es: id del caso}
  person_id: {en: id, es: id}
  codefendant_id: {en: id of the other, es: id de la otra persona}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: kin
    columns: [case_name, person, role, codefendant, codefendant_role, shared, shared_charges, confidence, sources]
    rows:
      - [Caso Ficticio Uno, Nora Pareja Ficticia, [accused], Quique Acusado Ficticio, [convicted], true, [{en: Synthetic offence one, es: Delito sintético uno}], reported, [s2, s3]]
      # No custody of hers is known, and so no charge.
      - [Caso Ficticio Uno, Nora Pareja Ficticia, [accused], Zoe Acusada Ficticia, [accused], null, [], reported, [s2]]
      - [Caso Ficticio Uno, Quique Acusado Ficticio, [convicted], Zoe Acusada Ficticia, [accused], null, [], reported, [s2, s3]]
    # A witness; the only one in a case; charged alike, but in no case.
    never: [vera-testigo, ivan-cargo, tomas-buscado]
  - fixture: kin
    given: {id: quique-acusado}
    columns: [person, codefendant]
    rows:
      - [Quique Acusado Ficticio, Nora Pareja Ficticia]
      - [Quique Acusado Ficticio, Zoe Acusada Ficticia]
    never: [{person: Nora Pareja Ficticia}]
*/
CALL {
  MATCH (c:Case)<-[m:PART_OF_CASE]-(d:Detention)<-[:DETAINED_IN]-(p:Person)
  WHERE m.role IN ['accused', 'convicted']
  RETURN c, p, m.role AS role, m.claims AS claims, m.confidence AS grade, d.id AS custody
  UNION ALL
  MATCH (c:Case)<-[m:PART_OF_CASE]-(p:Person)
  WHERE m.role IN ['accused', 'convicted']
  RETURN c, p, m.role AS role, m.claims AS claims, m.confidence AS grade, null AS custody
}
WITH c, p, collect(DISTINCT role) AS roles, collect(claims) AS said,
     collect(DISTINCT grade) AS grades,
     collect(DISTINCT custody) AS custodies
WITH c, collect({id: p.id, name: p.name, roles: roles, said: said, grades: grades,
       custodies: custodies}) AS members
WHERE size(members) > 1 AND ($id IS NULL OR any(member IN members WHERE member.id = $id))
UNWIND members AS one
UNWIND members AS other
WITH c, one, other
WHERE CASE WHEN $id IS NULL THEN one.id < other.id ELSE one.id = $id AND other.id <> $id END
WITH c, one, other,
     COLLECT {
       UNWIND one.custodies AS custody
       MATCH (d:Detention {id: custody})-[r:CHARGED_WITH]->(o:Charge)
       RETURN {
         id: o.id, claims: r.claims,
         name: {en: coalesce(o.name_en, o.name_es, o.id), es: coalesce(o.name_es, o.name_en, o.id)}
       } ORDER BY o.id
     } AS charges,
     COLLECT {
       UNWIND other.custodies AS custody
       MATCH (d:Detention {id: custody})-[r:CHARGED_WITH]->(o:Charge)
       RETURN {
         id: o.id, claims: r.claims,
         name: {en: coalesce(o.name_en, o.name_es, o.id), es: coalesce(o.name_es, o.name_en, o.id)}
       } ORDER BY o.id
     } AS other_charges
WITH c, one, other, charges, other_charges, one.grades + other.grades AS grades,
     reduce(names = [], x IN charges | CASE
       WHEN x.id IN [y IN other_charges | y.id] AND NOT x.name IN names THEN names + [x.name]
       ELSE names END) AS shared
RETURN c.name AS case_name, one.name AS person, one.roles AS role, other.name AS codefendant,
       other.roles AS codefendant_role,
       CASE WHEN size(charges) > 0 AND size(other_charges) > 0 THEN size(shared) > 0 END AS shared,
       shared AS shared_charges,
       CASE WHEN 'alleged' IN grades THEN 'alleged' WHEN 'reported' IN grades THEN 'reported'
         ELSE 'documented' END AS confidence,
       c.id AS case_id, one.id AS person_id, other.id AS codefendant_id,
       one.said + other.said + [x IN charges + other_charges | x.claims] AS sources
ORDER BY case_name, case_id, person, codefendant
