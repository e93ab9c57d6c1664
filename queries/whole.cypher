/*
title:
  en: The whole graph
  es: Todo el grafo
description:
  en: >
    Every person, detention, event, place, body, case, charge, law and rule with their ties;
    without claims, loads and sources.
  es: >
    Todas las personas, detenciones, hechos, lugares, organizaciones, casos, delitos, leyes y
    reglas con sus vínculos; sin afirmaciones, cargas ni fuentes.
theme: overview
returns: graph
columns:
  n: {en: entry, es: entrada}
  r: {en: ties from it, es: vínculos que parten de ella}
answers:
  - nodes: [ana-prueba, bruno-prueba, carcel-dos, carcel-uno, carla-prueba, cuerpo-uno, d-ana, d-bruno, d-carla-1, d-carla-2, d-eva, d-nino, d-olga, dario-mando, delito-uno, elisa-jueza, ev-juicio, eva-prueba, fidel-agente, ley-uno, nino-nombre, noe-prueba, olga-oculta]
    ties: {DETAINED_IN: 7, HELD_AT: 4, ARRESTED_BY: 1, CHARGED_WITH: 1, UNDER: 1, BECAUSE_OF: 3, RELATED_TO: 4, HOLDS_POST: 1, OPERATES: 1, INVOLVED_IN: 5, TOOK_PART: 2, CONCERNS: 1}
    never: [s3]
*/
MATCH (n:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule)
OPTIONAL MATCH (n)-[r]->(m:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule)
RETURN n, collect(r) AS r
