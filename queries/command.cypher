/*
title:
  en: Chains of command
  es: Cadenas de mando
description:
  en: >
    Bodies with those above them in command, or of which it is not known whether they are; the places
    that they run; whoever held a post that commands, at any time, and whoever is said to have
    commanded them. For one body: those above it and below it. To command a unit is not to have
    ordered what it did.
  es: >
    Los cuerpos con los que están por encima en el mando, o de los que no se sabe si lo están; los
    lugares que administran; quienes ocuparon un cargo con mando, en cualquier momento, y de quienes
    se dice que los comandaron. Para un cuerpo: los que están por encima y por debajo. Mandar una
    unidad no es haber ordenado lo que hizo.
theme: officials
returns: graph
parameters:
  organization:
    type: id
    default: null
    en: the body; blank is all
    es: el cuerpo; en blanco, todos
    choices: MATCH (o:Organization)-[:PART_OF]-(:Organization) RETURN DISTINCT o.id AS id ORDER BY id
columns:
  unit: {en: body, es: cuerpo}
  r: {en: tie, es: vínculo}
  m: {en: "body above, place or person", es: "cuerpo superior, lugar o persona"}
answers:
  - fixture: officials
    nodes: [batallon, brigada, division, ministerio, comisaria, policia, cuartel, calabozo, alba-mando, berta-mando, ciro-mando, dora-mando, gala-ministra, hugo-jefe, juan-jefe, irma-jefa]
    ties: {PART_OF: 4, OPERATES: 2, HOLDS_POST: 8, INVOLVED_IN: 1}
    # Without command; bodies with nobody who commands.
    never: [elio-oficial, kira-jueza, tribunal, fiscalia]
  - fixture: officials
    given: {organization: brigada}
    nodes: [batallon, brigada, division, ministerio, cuartel, alba-mando, berta-mando, ciro-mando, dora-mando, gala-ministra]
    ties: {PART_OF: 3, OPERATES: 1, HOLDS_POST: 5}
    # The police are under the ministry by administration alone.
    never: [policia, comisaria, hugo-jefe, elio-oficial]
*/
CALL {
  MATCH (o:Organization {id: $organization})
        ((a:Organization)-[up:PART_OF WHERE up.kind <> 'administrative']->(b:Organization)){0,5}
        (unit:Organization)
  RETURN unit
  UNION
  MATCH (o:Organization {id: $organization})
        ((a:Organization)<-[down:PART_OF WHERE down.kind <> 'administrative']-(b:Organization)){0,5}
        (unit:Organization)
  RETURN unit
  UNION
  MATCH (unit:Organization) WHERE $organization IS NULL
  RETURN unit
}
MATCH (unit)-[r:PART_OF|OPERATES|HOLDS_POST|INVOLVED_IN]-(m:Organization|Place|Person)
WHERE r.commands = 'yes' OR type(r) IN ['OPERATES', 'INVOLVED_IN']
  OR (r.kind IN ['command', 'unknown'] AND startNode(r).id = unit.id)
RETURN unit, r, m
