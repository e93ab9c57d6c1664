/*
title:
  en: Officials and whom they are tied to
  es: Funcionarios y con quién tienen vínculo
description:
  en: >
    Officials with every custody in which a source gives them a part, whom it holds, and their posts;
    or one official alone. What they did is on the tie: to announce a detention, or to speak against
    somebody, is not to order it.
  es: >
    Funcionarios con cada detención en la que una fuente les da un papel, la persona detenida y los
    cargos que ocuparon; o un solo funcionario. Lo que hicieron está en el vínculo: anunciar una
    detención o señalar a alguien no es ordenarla.
theme: officials
returns: graph
parameters:
  official:
    type: id
    default: null
    en: the official; blank is all
    es: el funcionario; en blanco, todos
    choices: MATCH (p:Person)-[:INVOLVED_IN]->(:Detention) RETURN DISTINCT p.id AS id ORDER BY id
columns:
  o: {en: official, es: funcionario}
  i: {en: part, es: papel}
  d: {en: detention, es: detención}
  x: {en: tie, es: vínculo}
  held: {en: held, es: persona detenida}
  p: {en: post, es: cargo}
  body: {en: body, es: cuerpo}
answers:
  - fixture: officials
    nodes: [hugo-jefe, kira-jueza, leon-fiscal, gala-ministra, d-luis-1, d-marta, d-menor, luis-prueba, marta-prueba, oscar-menor, comisaria, tribunal, fiscalia, ministerio]
    ties: {INVOLVED_IN: 8, DETAINED_IN: 3, HOLDS_POST: 4}
    # A part in a body, none in a custody; a custody without officials.
    never: [alba-mando, elio-oficial, d-nora, nilo-agente]
  - fixture: officials
    given: {official: kira-jueza}
    nodes: [kira-jueza, d-luis-1, d-marta, luis-prueba, marta-prueba, tribunal]
    ties: {INVOLVED_IN: 2, DETAINED_IN: 2, HOLDS_POST: 1}
    never: [hugo-jefe, d-menor, comisaria]
*/
CALL {
  MATCH (o:Official) WHERE $official IS NULL RETURN o
  UNION
  MATCH (o:Person {id: $official}) RETURN o
}
MATCH (o)-[i:INVOLVED_IN]->(d:Detention)<-[x:DETAINED_IN]-(held:Person)
OPTIONAL MATCH (o)-[p:HOLDS_POST]->(body:Organization)
RETURN o, i, d, x, held, p, body
