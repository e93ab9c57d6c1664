/*
title:
  en: Hostages by association
  es: Rehenes por asociación
description:
  en: >
    Everybody whom a source, or somebody a source quotes, says to be held because of another
    person, with that person, their custody, the charges in it and the officials involved.
  es: >
    Todas las personas de las que una fuente, o alguien a quien una fuente cita, dice que están
    en detención a causa de otra, con esa otra persona, su detención, los delitos imputados en
    ella y los funcionarios que participaron.
theme: ties
returns: graph
columns:
  held: {en: held, es: persona detenida}
  x: {en: tie, es: vínculo}
  d: {en: detention, es: detención}
  b: {en: because of, es: a causa de}
  target: {en: because of whom, es: a causa de quién}
  k: {en: kinship, es: parentesco}
  o: {en: tie, es: vínculo}
  n: {en: charge or official, es: delito o funcionario}
answers:
  - nodes: [ana-prueba, bruno-prueba, d-ana, d-nino, d-olga, dario-mando, nino-nombre, olga-oculta]
    ties: {DETAINED_IN: 3, BECAUSE_OF: 3, RELATED_TO: 3, INVOLVED_IN: 2}
    never: [carla-prueba, d-carla-2, noe-prueba, cuerpo-uno]
*/
MATCH (held:Person)-[x:DETAINED_IN]->(d:Detention)-[b:BECAUSE_OF]->(target:Person)
OPTIONAL MATCH (held)-[k:RELATED_TO]-(target)
OPTIONAL MATCH (d)-[o:CHARGED_WITH|INVOLVED_IN]-(n:Charge|Person)
RETURN held, x, d, b, target, k, o, n
