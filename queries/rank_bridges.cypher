/*
title:
  en: Who bridges groups of cases
  es: Quiénes son puente entre grupos de casos
description:
  en: >
    People by betweenness: of all shortest paths between two other people, the share that passes
    through them. Two people are tied where they are part of the same detention (held, official, or
    the person because of whom) or of the same case; a case of more than 100 people is left out.
    Whoever lies on no path between others is not listed. The figure counts alleged ties like all
    others and says nothing of what a person did; draw the ties: vinculos analyze betweenness
    --query rank_bridges -o bridges.html
  es: >
    Personas por intermediación: de todos los caminos más cortos entre otras dos personas, la parte
    que pasa por ellas. Dos personas están vinculadas si forman parte de la misma detención (persona
    detenida, funcionario o persona a causa de quien se detiene) o del mismo caso; se deja fuera un
    caso de más de 100 personas. No aparece quien no está en ningún camino entre otras. La cifra
    cuenta los vínculos alegados como los demás y nada dice de lo que hizo una persona; para dibujar
    los vínculos: vinculos analyze betweenness --query rank_bridges -o puentes.html
theme: ties
returns: graph
then: betweenness
projection: cases
parameters:
  limit: {type: integer, default: 100, en: people listed at most, es: personas listadas como máximo}
columns:
  name: {en: person, es: persona}
  value: {en: betweenness, es: intermediación}
  ties: {en: people tied to, es: personas vinculadas}
  id: {en: id, es: id}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  # Of the 6 pairs of others in the line Ana, Beto, Carla, Dora, Elena: 4, 3 and 3.
  - fixture: links
    columns: [name, value, ties, id, sources]
    rows:
      - [Carla Prueba Tres, 0.666667, 2, carla-prueba, [s1, s2]]
      - [Beto Prueba Dos, 0.5, 2, beto-prueba, [s1, s2]]
      - [Dora Jueza Ficticia, 0.5, 2, dora-ficticia, [s2, s3]]
    # At the ends of the line, by a charge or a prison alone, by kinship alone.
    never: [ana-prueba, elena-prueba, fidel-prueba, hugo-prueba, gina-prueba, carcel-uno]
  - fixture: links
    given: {limit: 1}
    columns: [name]
    rows: [[Carla Prueba Tres]]
    never: [beto-prueba]
  # Of 15 pairs: 9 of Bruno's three neighbours' and their others', 8 of Darío's two cases.
  - columns: [name, value, ties]
    rows:
      - [Bruno Prueba Dos, 0.6, 4]
      - [Darío Mando Ficticio, 0.533333, 4]
    never: [ana-prueba, elisa-jueza, eva-prueba, noe-prueba]
*/
MATCH (n:Person)-[r:INVOLVED_IN]->(m:Detention) RETURN n, r, m
UNION ALL
MATCH (n:Detention)-[r:BECAUSE_OF]->(m:Person) RETURN n, r, m
UNION ALL
MATCH (n:Person)-[r:PART_OF_CASE]->(m:Case) RETURN n, r, m
UNION ALL
MATCH (n:Detention)-[r:PART_OF_CASE]->(m:Case) RETURN n, r, m
UNION ALL
// A custody that only its own person is part of ties nobody.
MATCH (m:Detention)-[:INVOLVED_IN|BECAUSE_OF|PART_OF_CASE]-(:Person|Case)
WITH DISTINCT m
MATCH (n:Person)-[r:DETAINED_IN]->(m) RETURN n, r, m
