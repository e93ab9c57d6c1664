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
  n: {en: from, es: desde}
  r: {en: tie, es: vínculo}
  m: {en: to, es: hacia}
*/
MATCH (n:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule)
OPTIONAL MATCH (n)-[r]->(m:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule)
RETURN n, r, m
