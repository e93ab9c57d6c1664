/*
title:
  en: Whose detention may have to do with a relative, though nobody says so yet
  es: Qué detenciones podrían deberse a un familiar, aunque nadie lo afirma aún
description:
  en: >
    Leads, inferred by this program and said by no source: kin taken within some days before or
    after a relative's arrest, escape, warrant, search, capture, asylum, exile or entry into a post,
    where no source ties that custody to that relative. Nearness in time is no cause. "against"
    lists what else could explain the custody; an empty cell there means that the data have nothing,
    not that there is nothing. Where several events are near enough, the nearest stands. "possible"
    where inexact dates allow more days than asked for. Days are negative where the taking came
    first.
  es: >
    Pistas que infiere este programa y que ninguna fuente afirma: familiares en detención pocos días
    antes o después de la detención, fuga, orden de captura, búsqueda, captura, asilo, exilio o toma
    de un cargo de una persona, sin que ninguna fuente vincule esa detención con ella. La cercanía
    no prueba la causa. "en contra" reúne qué otra cosa podría explicar la detención; si está en
    blanco, los datos no traen nada, lo que no significa que no lo haya. Si varios hechos están
    cerca, figura el más cercano. "posible" si las fechas inexactas admiten más días que los pedidos.
    Los días son negativos si la detención fue antes.
theme: ties
returns: table
parameters:
  days: {type: integer, default: 30, en: "within how many days, before or after", es: "en cuántos días, antes o después"}
columns:
  finding: {en: what this is, es: qué es esto, kind: "word:finding"}
  certainty: {en: within the days, es: dentro de los días, kind: "word:certainty"}
  person: {en: held, es: persona detenida}
  target: {en: relative, es: familiar}
  kinship: {en: what the held person is to them, es: qué es la persona detenida de su familiar, kind: "word:kinship"}
  in_words: {en: in words, es: en palabras, kind: "word:people_in_words"}
  target_roles: {en: roles of the relative, es: papeles del familiar, kind: "word:role_types"}
  occasion: {en: event of the relative, es: hecho del familiar, kind: "word:occasion"}
  occasion_on: {en: date of that event, es: fecha de ese hecho}
  started: {en: taken on, es: detención desde}
  days_least: {en: "days from the event, least", es: "días desde el hecho, mínimo"}
  days_most: {en: "days from the event, most", es: "días desde el hecho, máximo"}
  against: {en: against, es: en contra, kind: "word:against"}
  charges: {en: own charges, es: delitos que se le imputan, kind: name}
  cases: {en: own cases, es: casos en que figura}
  roles: {en: own roles and posts, es: papeles y cargos propios, kind: "word:role_types"}
  events: {en: own warrants and the like, es: órdenes y hechos propios}
  basis: {en: basis given, es: motivo que se da, kind: "word:basis"}
  others: {en: held because of others, es: a causa de otras personas}
  person_id: {en: id, es: id}
  target_id: {en: id of the relative, es: id del familiar}
  detention_id: {en: id of the custody, es: id de la detención}
  sources: {en: "sources of kinship, dates and roles", es: "fuentes del parentesco, las fechas y los papeles", kind: sources}
  against_sources: {en: sources of what is against, es: fuentes de lo que hay en contra, kind: sources}
answers:
  - fixture: kin
    columns: [finding, certainty, person, target, kinship, occasion, occasion_on, days_least, days_most, against]
    rows:
      # A couple taken together: each is a lead for the other.
      - [lead, confirmed, Beto Pareja Sintético, Ada Pareja Sintética, [partner_of], arrest, 2025-05-01, 0, 0, [same_day]]
      - [lead, confirmed, Ada Pareja Sintética, Beto Pareja Sintético, [partner_of], arrest, 2025-05-01, 0, 0, [same_day, other_basis]]
      - [lead, confirmed, Nora Pareja Ficticia, Tomás Buscado Ficticio, [spouse_of], warrant, 2025-03-10, 2, 2, [own_charges, own_case, own_role, other_basis]]
      - [lead, confirmed, Ramón Fuga Ficticio, Saúl Fuga Ficticio, [parent_of], escape, 2025-04-09, 11, 11, []]
      - [lead, confirmed, Iván Cargo Ficticio, Julia Cargo Ficticia, [sibling_of], post, 2025-02-01, 14, 14, [own_charges, own_case, own_event]]
      - [lead, possible, Nora Pareja Ficticia, Luis Buscado Sintético, [parent_of], arrest, 2025-04, -49, -20, [taken_before, inexact, own_charges, own_case, own_role, other_basis]]
      - [lead, possible, Luis Buscado Sintético, Nora Pareja Ficticia, [child_of], arrest, 2025-03-12, 20, 49, [inexact]]
      - [lead, possible, Luis Buscado Sintético, Tomás Buscado Ficticio, [child_of], warrant, 2025-03-10, 22, 51, [inexact]]
    # Claimed already; a friend; a brother-in-law taken the year before; kin of kin; not held.
    never: [d-rosa, d-marta, pia-amiga, hugo-cunado, bruno-lejano, nieta-buscado]
  - fixture: kin
    given: {days: 10}
    columns: [person, target, certainty, occasion, days_least, days_most, target_roles, charges, cases, roles, events, basis, others, sources, against_sources]
    rows:
      - [Beto Pareja Sintético, Ada Pareja Sintética, confirmed, arrest, 0, 0, [detainee], [], [], [], [], null, [], [s1], []]
      - [Ada Pareja Sintética, Beto Pareja Sintético, confirmed, arrest, 0, 0, [detainee], [], [], [], [], protest, [], [s1], [s1]]
      - - Nora Pareja Ficticia
        - Tomás Buscado Ficticio
        - confirmed
        - warrant
        - 2
        - 2
        - [opposition_leader]
        - [{en: Synthetic offence two, es: Delito sintético dos}, {en: Synthetic offence one, es: Delito sintético uno}]
        - [Caso Ficticio Uno]
        - [journalist, "Editor, Medio Ficticio Uno"]
        - []
        - journalism
        - []
        - [s1, s2]
        - [s1, s2]
      # His exile in some day of March alone can be near enough.
      - [Luis Buscado Sintético, Tomás Buscado Ficticio, possible, exile, 1, 60, [opposition_leader], [], [], [], [], null, [], [s1], []]
    never: [ivan-cargo, ramon-fuga, julia-cargo]
*/
CALL {
  MATCH (target:Person)-[o:DETAINED_IN]->(t:Detention)
  RETURN target, 'arrest' AS occasion, t.started AS occasion_on,
         t.started_min AS first, t.started_max AS last, o.claims AS claims
  UNION ALL
  MATCH (target:Person)-[o:DETAINED_IN]->(t:Detention)
  WHERE t.status = 'escaped'
  RETURN target, 'escape' AS occasion, t.ended AS occasion_on,
         t.ended_min AS first, t.ended_max AS last, o.claims AS claims
  UNION ALL
  MATCH (target:Person)-[o:TOOK_PART]->(e:Event)
  WHERE o.role = 'subject' AND e.kind IN ['warrant', 'exile', 'asylum', 'search', 'capture']
  RETURN target, e.kind AS occasion, e.started AS occasion_on,
         e.started_min AS first, e.started_max AS last,
         o.claims + COLLECT {
           MATCH (e)<-[:ABOUT]-(c:Claim {table: 'events'})
           WHERE c.superseded_by IS NULL RETURN c.id } AS claims
  UNION ALL
  MATCH (e:Event)-[o:CONCERNS]->(target:Person)
  WHERE e.kind IN ['warrant', 'exile', 'asylum', 'search', 'capture'] AND NOT EXISTS {
    MATCH (e)<-[s:TOOK_PART]-(:Person) WHERE s.role = 'subject' }
  RETURN target, e.kind AS occasion, e.started AS occasion_on,
         e.started_min AS first, e.started_max AS last, o.claims AS claims
  UNION ALL
  MATCH (target:Person)-[o:HOLDS_POST]->(:Organization)
  RETURN target, 'post' AS occasion, o.started AS occasion_on,
         o.started_min AS first, o.started_max AS last, o.claims AS claims
}
MATCH (target)-[k:RELATED_TO]-(held:Person)-[taken:DETAINED_IN]->(d:Detention)
WHERE k.kind IN ['parent_of', 'child_of', 'grandparent_of', 'sibling_of', 'spouse_of', 'partner_of',
                 'in_law_of', 'relative_of']
WITH target, held, d, k, taken, occasion, occasion_on, claims,
     duration.inDays(last, d.started_min).days AS least,
     duration.inDays(first, d.started_max).days AS most
WHERE least <= $days AND most >= -$days AND NOT EXISTS { MATCH (d)-[:BECAUSE_OF]->(target) }
WITH target, held, d, k, taken, occasion, occasion_on, claims, least, most,
     CASE WHEN abs(least) > abs(most) THEN abs(least) ELSE abs(most) END AS apart
ORDER BY apart, occasion, occasion_on
WITH target, held, d,
     collect(DISTINCT CASE
       WHEN startNode(k).id = held.id OR NOT k.kind IN ['parent_of', 'grandparent_of'] THEN k.kind
       WHEN k.kind = 'parent_of' THEN 'child_of'
       ELSE 'relative_of'
     END) AS kinship,
     collect(DISTINCT CASE WHEN startNode(k).id = held.id THEN k.detail_from ELSE k.detail_to END)
       AS in_words,
     collect({occasion: occasion, started: occasion_on, least: least, most: most, apart: apart,
              claims: claims + taken.claims})[0] AS nearest,
     reduce(all = [], one IN collect(k.claims) | all + one) AS kin_claims
WITH target, held, d, kinship, in_words, nearest, kin_claims,
     [r IN held.roles WHERE r IN ['opposition_leader', 'public_figure', 'official', 'journalist',
                                  'activist']] AS roles,
     COLLECT {
       MATCH (d)-[r:CHARGED_WITH]->(c:Charge)
       RETURN {
         name: {en: coalesce(c.name_en, c.name_es, c.id), es: coalesce(c.name_es, c.name_en, c.id)},
         claims: r.claims} ORDER BY c.name_es, c.id
     } AS charges,
     COLLECT {
       MATCH (d)-[r:PART_OF_CASE]->(c:Case)
       WHERE r.role IN ['accused', 'convicted']
       RETURN {name: c.name, claims: r.claims}
       UNION ALL
       MATCH (held)-[r:PART_OF_CASE]->(c:Case)
       WHERE r.role IN ['accused', 'convicted']
       RETURN {name: c.name, claims: r.claims}
     } AS cases,
     COLLECT {
       MATCH (held)-[r:HOLDS_POST]->(g:Organization)
       RETURN {name: coalesce(r.title + ', ', '') + g.name, claims: r.claims}
     } AS posts,
     COLLECT {
       MATCH (held)-[r:TOOK_PART]->(e:Event)
       WHERE r.role = 'subject' AND e.kind IN ['warrant', 'exile', 'asylum', 'search', 'capture']
       RETURN {name: coalesce(e.started + ' ', '') + e.name, claims: r.claims}
       UNION ALL
       MATCH (held)<-[r:CONCERNS]-(e:Event)
       WHERE e.kind IN ['warrant', 'exile', 'asylum', 'search', 'capture'] AND NOT EXISTS {
         MATCH (e)<-[s:TOOK_PART]-(:Person) WHERE s.role = 'subject' }
       RETURN {name: coalesce(e.started + ' ', '') + e.name, claims: r.claims}
     } AS events,
     COLLECT {
       MATCH (d)-[r:BECAUSE_OF]->(other:Person) RETURN {name: other.name, claims: r.claims}
     } AS others
WITH target, held, d, kinship, in_words, nearest, kin_claims, roles, charges, cases, posts, events,
     others,
     nearest.least >= -$days AND nearest.most <= $days AS surely,
     d.basis IS NOT NULL
       AND NOT d.basis IN ['hostage_by_association', 'relative_of_target', 'other'] AS other_basis
WITH target, held, d, kinship, in_words, nearest, kin_claims, roles, charges, cases, posts, events,
     others, surely, other_basis,
     [reason IN [
       CASE WHEN nearest.most < 0 THEN 'taken_before' END,
       CASE WHEN nearest.occasion = 'arrest' AND nearest.least = 0 AND nearest.most = 0
         THEN 'same_day' END,
       CASE WHEN nearest.least < nearest.most THEN 'inexact' END,
       CASE WHEN size(charges) > 0 THEN 'own_charges' END,
       CASE WHEN size(cases) > 0 THEN 'own_case' END,
       CASE WHEN size(roles) + size(posts) > 0 THEN 'own_role' END,
       CASE WHEN size(events) > 0 THEN 'own_event' END,
       CASE WHEN other_basis THEN 'other_basis' END,
       CASE WHEN size(others) > 0 THEN 'other_target' END
     ] WHERE reason IS NOT NULL] AS against
RETURN 'lead' AS finding, CASE WHEN surely THEN 'confirmed' ELSE 'possible' END AS certainty,
       held.name AS person, target.name AS target, kinship, in_words, target.roles AS target_roles,
       nearest.occasion AS occasion, nearest.started AS occasion_on, d.started AS started,
       nearest.least AS days_least, nearest.most AS days_most, against,
       [c IN charges | c.name] AS charges, [c IN cases | c.name] AS cases,
       roles + [c IN posts | c.name] AS roles, [e IN events | e.name] AS events,
       d.basis AS basis, [o IN others | o.name] AS others,
       held.id AS person_id, target.id AS target_id, d.id AS detention_id,
       kin_claims + nearest.claims + COLLECT {
         MATCH (target)<-[:ABOUT]-(c:Claim {table: 'people'})
         WHERE size(target.roles) > 0 AND c.superseded_by IS NULL
         RETURN c.id AS claim
       } AS sources,
       reduce(all = [], fact IN charges + cases + posts + events + others
              | all + fact.claims) + COLLECT {
         MATCH (held)<-[:ABOUT]-(c:Claim {table: 'people'})
         WHERE size(roles) > 0 AND c.superseded_by IS NULL
         RETURN c.id AS claim
         UNION
         MATCH (d)<-[:ABOUT]-(c:Claim {table: 'detentions'})
         WHERE other_basis AND c.superseded_by IS NULL
         RETURN c.id AS claim
       } AS against_sources
ORDER BY certainty, nearest.apart, target, person, detention_id
