/*
title:
  en: Who is held because of someone else
  es: Quién está en detención a causa de otra persona
description:
  en: >
    Each custody that a source, or somebody a source quotes, ties to another person (hostage by
    association). "alleged" is an allegation, not a finding. One row a custody and target, with the
    target's latest custody and the events about them, and the days from the nearest in time of
    their arrest, escape, warrant, search, capture, asylum or exile to the taking of the held
    person: negative where the taking came first, least and most where dates are inexact, blank
    where one is unknown. Nearness in time is no cause.
  es: >
    Cada detención que una fuente, o alguien a quien una fuente cita, vincula con otra persona
    (rehén por asociación). "alegado" es un señalamiento, no un hecho probado. Una fila por
    detención y persona buscada, con la última detención de esta y los hechos que la conciernen, y
    los días entre el hecho más cercano (su detención, fuga, orden de captura, búsqueda, captura,
    asilo o exilio) y la detención de la primera: negativos si la detención fue antes, mínimo y
    máximo si las fechas son inexactas, en blanco si falta alguna. La cercanía no prueba la causa.
theme: ties
returns: table
columns:
  person: {en: held, es: persona detenida}
  because_of: {en: because of, es: a causa de}
  kinship: {en: what they are to them, es: qué es de esa persona, kind: "word:kinship"}
  in_words: {en: in words, es: en palabras, kind: "word:people_in_words"}
  asserted_by: {en: who says so, es: quién lo afirma, kind: "word:people_in_words"}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  status: {en: status, es: situación, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  started: {en: taken on, es: detención desde}
  ended: {en: ended on, es: detención hasta}
  target_status: {en: status of the other, es: situación de la otra persona, kind: "word:custody_status"}
  target_status_as_of: {en: status of the other as of, es: situación de la otra persona al}
  target_events: {en: events about the other, es: hechos sobre la otra persona}
  occasion: {en: nearest event, es: hecho más cercano, kind: "word:occasion"}
  occasion_on: {en: date of that event, es: fecha de ese hecho}
  days_least: {en: "days from it, least", es: "días desde el hecho, mínimo"}
  days_most: {en: "days from it, most", es: "días desde el hecho, máximo"}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  because_of_id: {en: id of the other, es: id de la otra persona}
  detention_id: {en: id of the custody, es: id de la detención}
  sources: {en: sources of the claim, es: fuentes del señalamiento, kind: sources}
  facts_sources: {en: sources of dates and status, es: fuentes de fechas y situación, kind: sources}
answers:
  - columns: [person, because_of, kinship, in_words, asserted_by, confidence, status, started, disputed, detention_id, sources]
    rows:
      - [Ana Prueba Uno, Bruno Prueba Dos, [in_law_of], [sister-in-law], [Synthetic family], documented, detained, 2025-01-07, [started], d-ana, [s1, s3]]
      - [Olga Oculta Prueba, Bruno Prueba Dos, [friend_of], [], [], alleged, detained, 2025-01-01, [], d-olga, [s2]]
      - [minor, Bruno Prueba Dos, [child_of], [son], [], alleged, released, 2025-01-07, [], d-nino, [s4]]
    # A colleague whose tie says that nobody claims it, and her custodies.
    never: [carla-prueba, d-carla-1, d-carla-2]
  - columns: [detention_id, target_status, target_status_as_of, target_events, occasion, occasion_on, days_least, days_most, facts_sources]
    rows:
      # The target's custody has a date of its status, but no status.
      - [d-ana, null, null, [], null, null, null, null, [s1]]
      - [d-olga, null, null, [], null, null, null, null, [s1, s2]]
      - [d-nino, null, null, [], null, null, null, null, [s1, s4, s5]]
  - fixture: kin
    columns: [person, because_of, confidence, target_status, target_events, occasion, occasion_on, days_least, days_most, sources, facts_sources]
    rows:
      # The day after he escaped from the later of two custodies.
      - [Marta Fuga Ficticia, Saúl Fuga Ficticio, documented, escaped, [], escape, 2025-04-09, 1, 1, [s1, s2], [s1, s2]]
      # His exile, known by the month alone, may be nearer: -11 to 19 days.
      - [Rosa Buscado Ficticia, Tomás Buscado Ficticio, alleged, null, [2025-03 Tomás Buscado leaves, 2025-03-10 Synthetic warrant against Tomás Buscado], warrant, 2025-03-10, 10, 10, [s3], [s1, s2]]
    # Relatives for whom nobody says it; a warrant against others.
    never: [luis-buscado, ramon-fuga, ev-amigos-orden]
*/
MATCH (held:Person)-[taken:DETAINED_IN]->(d:Detention)-[b:BECAUSE_OF]->(target:Person)
OPTIONAL MATCH (held)-[k:RELATED_TO]-(target)
WITH held, taken, d, b, target,
     collect(DISTINCT CASE
       WHEN k IS NULL THEN null
       WHEN startNode(k).id = held.id OR NOT k.kind IN ['parent_of', 'grandparent_of', 'lawyer_of']
         THEN k.kind
       WHEN k.kind = 'parent_of' THEN 'child_of'
       WHEN k.kind = 'grandparent_of' THEN 'relative_of'
     END) AS kinship,
     collect(DISTINCT CASE WHEN startNode(k).id = held.id THEN k.detail_from ELSE k.detail_to END)
       AS in_words
WITH held, taken, d, b, target, kinship, in_words,
     COLLECT {
       MATCH (target)-[c:DETAINED_IN]->(t:Detention)
       RETURN {occasion: 'arrest', started: t.started, first: t.started_min, last: t.started_max,
               ended: t.ended, ended_first: t.ended_min, ended_last: t.ended_max,
               status: t.status, status_as_of: t.status_as_of, claims: c.claims}
       ORDER BY coalesce(t.started_min, t.ended_min, t.status_as_of_min, date('0001-01-01')) DESC,
                t.id
     } AS custodies,
     COLLECT {
       MATCH (target)-[s:TOOK_PART]->(e:Event)
       WHERE s.role = 'subject'
       RETURN {occasion: e.kind, started: e.started, first: e.started_min, last: e.started_max,
               name: e.name, claims: s.claims + COLLECT {
                 MATCH (e)<-[:ABOUT]-(c:Claim {table: 'events'})
                 WHERE c.superseded_by IS NULL RETURN c.id }}
       ORDER BY coalesce(e.started_min, date('9999-12-31')), e.name, e.id
     } + COLLECT {
       MATCH (target)<-[c:CONCERNS]-(e:Event)
       WHERE NOT EXISTS {
         MATCH (e)<-[s:TOOK_PART]-(:Person) WHERE s.role = 'subject' }
       RETURN {occasion: e.kind, started: e.started, first: e.started_min, last: e.started_max,
               name: e.name, claims: c.claims}
       ORDER BY coalesce(e.started_min, date('9999-12-31')), e.name, e.id
     } AS events
WITH held, taken, d, b, target, kinship, in_words, custodies, events,
     COLLECT {
       UNWIND custodies + events + [c IN custodies WHERE c.status = 'escaped' | {
         occasion: 'escape', started: c.ended, first: c.ended_first, last: c.ended_last}] AS o
       WITH o, duration.inDays(o.last, d.started_min).days AS least,
            duration.inDays(o.first, d.started_max).days AS most
       WHERE o.occasion IN ['arrest', 'escape', 'warrant', 'exile', 'asylum', 'search',
                             'capture']
         AND least IS NOT NULL
       RETURN {occasion: o.occasion, started: o.started, least: least, most: most}
       ORDER BY CASE WHEN abs(least) > abs(most) THEN abs(least) ELSE abs(most) END,
                o.occasion, o.started
       LIMIT 1
     }[0] AS nearest,
     custodies[0] AS newest
RETURN held.name AS person, target.name AS because_of, kinship, in_words,
       b.asserted_by AS asserted_by, b.confidence AS confidence,
       d.status AS status, d.status_as_of AS status_as_of, d.started AS started, d.ended AS ended,
       newest.status AS target_status, newest.status_as_of AS target_status_as_of,
       [e IN events | coalesce(e.started + ' ', '') + e.name] AS target_events,
       nearest.occasion AS occasion, nearest.started AS occasion_on,
       nearest.least AS days_least, nearest.most AS days_most,
       b.disputed + d.disputed AS disputed,
       held.id AS person_id, target.id AS because_of_id, d.id AS detention_id,
       b.claims AS sources,
       taken.claims + reduce(all = [], f IN custodies + events | all + f.claims) AS facts_sources
ORDER BY because_of, person, detention_id
