/*
title:
  en: Which officials recur, role by role
  es: Qué funcionarios se repiten, papel por papel
description:
  en: >
    How many detentions each person ordered, commanded and so on; a column a role, never one
    sum, since an announcement is no order. Bodies as a whole and proceedings about a detention
    (the trial of those who killed a detainee, say) are counted apart. "alleged" says how many of
    the detentions rest on allegations alone. Sorted by the columns from left to right.
  es: >
    Cuántas detenciones ordenó, comandó, etc. cada persona; una columna por papel y nunca una
    suma, pues anunciar no es ordenar. Aparte se cuentan los cuerpos en su conjunto y los procesos
    acerca de una detención (por ejemplo, el juicio a quienes mataron a una persona detenida).
    "alegadas" dice cuántas de las detenciones se apoyan solo en señalamientos. En orden de las
    columnas, de izquierda a derecha.
theme: officials
returns: table
columns:
  official: {en: person, es: persona}
  posts: {en: posts, es: cargos}
  ordered: {en: ordered, es: ordenó}
  commanded: {en: commanded, es: comandó}
  presided: {en: presided, es: presidió el tribunal}
  prosecuted: {en: prosecuted, es: acusó como fiscal}
  custodian: {en: had custody, es: tuvo la custodia}
  announced: {en: announced, es: anunció}
  denounced: {en: spoke publicly against, es: señaló públicamente}
  alleged: {en: of these detentions alleged, es: de ellas solo alegadas}
  organizations: {en: bodies, es: cuerpos}
  proceedings: {en: proceedings about a detention, es: procesos acerca de una detención}
  official_id: {en: id, es: id}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - columns: [official, posts, ordered, commanded, presided, prosecuted, custodian, announced, denounced, alleged, organizations, proceedings, sources]
    rows:
      # Commanding the body is not commanding a detention; one order is only alleged.
      - [Darío Mando Ficticio, ["Director, Cuerpo Ficticio Uno"], 2, 0, 0, 0, 0, 1, 0, 1, 1, 0, [s1, s2]]
      # Presiding the trial about a detention is not presiding over the detention.
      - [Elisa Jueza Ficticia, [], 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, [s2]]
    # The defendant of that trial.
    never: [fidel-agente]
*/
MATCH (p:Person)
WHERE EXISTS { (p)-[:INVOLVED_IN]->() }
   OR EXISTS { MATCH (p)-[t:TOOK_PART]->(:Event)
               WHERE t.role IN ['ordered', 'presided', 'prosecuted', 'announced'] }
OPTIONAL MATCH (p)-[i:INVOLVED_IN]->(d:Detention)
WITH p,
     count(DISTINCT CASE WHEN i.role = 'ordered' THEN d.id END) AS ordered,
     count(DISTINCT CASE WHEN i.role = 'commanded' THEN d.id END) AS commanded,
     count(DISTINCT CASE WHEN i.role = 'presided' THEN d.id END) AS presided,
     count(DISTINCT CASE WHEN i.role = 'prosecuted' THEN d.id END) AS prosecuted,
     count(DISTINCT CASE WHEN i.role = 'custodian' THEN d.id END) AS custodian,
     count(DISTINCT CASE WHEN i.role = 'announced' THEN d.id END) AS announced,
     count(DISTINCT CASE WHEN i.role = 'denounced' THEN d.id END) AS denounced,
     count(DISTINCT d.id) - count(DISTINCT CASE WHEN i.confidence <> 'alleged' THEN d.id END)
       AS alleged
OPTIONAL MATCH (p)-[:INVOLVED_IN]->(o:Organization)
WITH p, ordered, commanded, presided, prosecuted, custodian, announced, denounced, alleged,
     count(DISTINCT o.id) AS organizations
OPTIONAL MATCH (p)-[t:TOOK_PART]->(e:Event)
WHERE t.role IN ['ordered', 'presided', 'prosecuted', 'announced']
WITH p, ordered, commanded, presided, prosecuted, custodian, announced, denounced, alleged,
     organizations, count(DISTINCT e.id) AS proceedings
OPTIONAL MATCH (p)-[h:HOLDS_POST]->(g:Organization)
WITH p, ordered, commanded, presided, prosecuted, custodian, announced, denounced, alleged,
     organizations, proceedings, collect(DISTINCT coalesce(h.title + ', ', '') + g.name) AS posts
OPTIONAL MATCH (p)-[r:INVOLVED_IN|TOOK_PART]->()
WITH p, ordered, commanded, presided, prosecuted, custodian, announced, denounced, alleged,
     organizations, proceedings, posts, collect(r.claims) AS sources
RETURN p.name AS official, posts, ordered, commanded, presided, prosecuted, custodian, announced,
       denounced, alleged, organizations, proceedings, p.id AS official_id, sources
ORDER BY ordered DESC, commanded DESC, presided DESC, prosecuted DESC, custodian DESC,
         announced DESC, denounced DESC, organizations DESC, proceedings DESC, official,
         official_id
