/*
title:
  en: What the rules of an amnesty say of each custody
  es: Qué dicen de cada detención las reglas de una amnistía
description:
  en: >
    A screening by the rules in the graph, one row a custody and law; not legal advice, and no court
    has decided it. "excluded": a rule names a charge that stands (accused or convicted) or the
    case, or a source links the custody or its case to a rule that excludes. "covered": a source
    links the custody or its case to a rule that covers, or the rule names the case, and no
    charge that an excluding rule names stands or may stand. "undetermined": neither; the missing facts
    are listed. A rule with dates excludes only where the facts lie within them for sure. A date
    alone decides nothing: rules whose period it falls in are shown as possible, by the dates of
    the facts, or of the arrest where those are unknown, though facts can be older than an arrest.
    Nor does a charge alone decide that a custody is covered: a rule that covers a charge which
    stands or may stand is shown as possible.
    Conduct is never derived from a charge. What the press says of a charge decides nothing.
  es: >
    Un primer examen según las reglas del grafo, una fila por detención y ley; no es asesoría
    jurídica ni lo ha decidido un tribunal. "excluida": una regla nombra un delito imputado que
    sigue en pie (acusación o condena) o el caso, o una fuente vincula la detención o su caso con
    una regla que excluye. "amparada": una fuente vincula la detención o su caso con una regla que
    ampara, o la regla nombra el caso, y ningún delito que nombre una regla excluyente sigue o
    puede seguir en pie. "sin determinar": ni lo uno ni lo otro; se indica qué datos faltan. Una
    regla con fechas excluye solo si es seguro que los hechos ocurrieron dentro de ellas. Una fecha
    por sí sola no decide nada: las reglas en cuyo período cae se muestran como posibles, según la
    fecha de los hechos o, si no se conoce, la de la detención, aunque los hechos pueden ser
    anteriores. Tampoco un delito imputado por sí solo decide que la detención queda amparada: la
    regla que ampara un delito que sigue o puede seguir en pie se muestra como posible. Una conducta nunca se deduce de un delito imputado. Lo que la prensa dice de un
    delito no decide nada.
theme: amnesty
returns: table
parameters:
  id: {type: id, default: null, en: "a person or a custody; all where none is given", es: "una persona o una detención; si no se indica, todas"}
  law:
    type: id
    default: null
    en: the amnesty; all laws with rules where none is given
    es: la amnistía; si no se indica, todas las leyes con reglas
    choices: "MATCH (l:Law)-[:HAS_RULE]->(:Rule) RETURN DISTINCT l.id AS id ORDER BY id"
columns:
  person: {en: person, es: persona}
  law: {en: law, es: ley, kind: name}
  verdict: {en: "by the rules (a screening, not legal advice)", es: "según las reglas (primer examen, no asesoría jurídica)", kind: "word:amnesty_verdict"}
  rules: {en: deciding rules, es: reglas que deciden, kind: name}
  articles: {en: articles, es: artículos}
  notes: {en: notes on the rules, es: notas sobre las reglas}
  deciding_charges: {en: deciding charges, es: delitos que deciden, kind: name}
  confidence: {en: confidence of what decides, es: certeza de lo que decide, kind: "word:confidence"}
  missing: {en: facts missing, es: datos que faltan, kind: "word:amnesty_missing"}
  possibly_covered_by: {en: possible by date or charge, es: posible por la fecha o el delito, kind: name}
  possibly_excluded_by: {en: exclusion possible, es: exclusión posible, kind: name}
  not_derived: {en: exclusions that no charge decides, es: exclusiones que ningún delito imputado decide, kind: name}
  required: {en: still required, es: aún se exige, kind: name}
  outcome: {en: outcome of the request, es: resultado de la solicitud, kind: "word:outcome"}
  requested: {en: requested on, es: solicitada el}
  decided: {en: decided on, es: decidida el}
  charges: {en: charges, es: delitos imputados, kind: name}
  charge_status: {en: status of each, es: situación de cada uno, kind: "word:charge_status"}
  in_press: {en: "amnesty of each, per press", es: "amnistía de cada uno, según prensa", kind: "word:in_press"}
  facts_started: {en: facts from, es: hechos desde}
  facts_ended: {en: facts to, es: hechos hasta}
  started: {en: taken on, es: detención desde}
  status: {en: status, es: situación, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  detention_id: {en: id of the custody, es: id de la detención}
  law_id: {en: id of the law, es: id de la ley}
  rule_ids: {en: ids of the rules, es: id de las reglas}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: amnesty
    given: {law: ley-a}
    columns: [detention_id, verdict, rule_ids, confidence, missing, outcome, charge_status, in_press, sources]
    rows:
      - [d-dora, covered, [a-marcha], reported, [], [pending], [accused], ["no"], [s1, s2, s3, s4]]
      # A defendant of a case that a source links to the march; that membership is alleged.
      - [d-fabio, covered, [a-marcha], alleged, [], [], [], [], [s1, s3, s4]]
      - [d-alba, excluded, [a-homicidio], reported, [], [], [convicted, accused], ["yes", "no"], [s1, s2, s3]]
      # Linked to the march too, but an excluded charge stands.
      - [d-elsa, excluded, [a-homicidio], alleged, [], [], [accused], ["yes"], [s1, s2, s3]]
      # Granted all the same: the rules alone decide the verdict.
      - [d-gina, excluded, [a-rebelion], reported, [], [granted], [accused], [contested], [s1, s2, s3, s4]]
      - [d-hugo, excluded, [a-rebelion], reported, [], [], [convicted], [contested], [s1, s2, s3]]
      # A conduct, on a source's word.
      - [d-luz, excluded, [a-armas], alleged, [], [], [], [], [s1, s3, s4]]
      # The charge was dismissed; a witness of the case only.
      - [d-berta, undetermined, [], null, [link, facts], [], [dismissed], ["yes"], [s1, s2]]
      - [d-celia, undetermined, [], null, [link, charge_status, facts], [], [unknown], ["yes"], [s1, s2, s3]]
      # Linked to the march, but the facts of the rebellion may be those of 2023.
      - [d-ines, undetermined, [], null, [facts], [], [accused], [contested], [s1, s2, s3]]
      - [d-ines-2, undetermined, [], null, [link, charges, facts], [], [], [], [s1]]
      # Taken before the events in which rebellion is left out.
      - [d-jose, undetermined, [], null, [link, facts], [], [accused], [contested], [s1, s2]]
      # A conduct is not derived from the charge; a warrant's charge is not that of the custody.
      - [d-kira, undetermined, [], null, [link, facts], [], [accused], [unknown], [s1, s2]]
    never: [{detention_id: d-kira, verdict: excluded}, {detention_id: d-berta, verdict: excluded}, {detention_id: d-jose, verdict: excluded}, {law_id: ley-b}, ley-b, codigo]
  - fixture: amnesty
    given: {id: hugo}
    columns: [law_id, verdict, rule_ids, deciding_charges, articles, rules]
    rows:
      - [ley-a, excluded, [a-rebelion], [{en: Synthetic rebellion, es: Rebelión sintética}], ["2"], [{en: Synthetic rebellion of 2023 left out, es: Se excluye la rebelión sintética de 2023}]]
      # The rule names the case.
      - [ley-b, excluded, [b-asalto], [], ["3"], [{en: Synthetic assault left out, es: Se excluye el asalto sintético}]]
    never: [d-alba, alba]
  - fixture: amnesty
    given: {id: d-jose, law: ley-a}
    columns: [person, law, possibly_covered_by, possibly_excluded_by, not_derived, required, charges, notes]
    rows:
      - - José Prueba
        - {en: Synthetic Amnesty A, es: Amnistía Sintética A}
        - [{en: Synthetic period, es: Período sintético}]
        - []
        - [{en: Whoever takes part in synthetic armed action, es: Quien participe en una acción armada sintética}, {en: Synthetic grave crimes left out, es: Se excluyen los crímenes graves sintéticos}]
        - [{en: A request to a synthetic court, es: Una solicitud ante un tribunal sintético}]
        - [{en: Synthetic rebellion, es: Rebelión sintética}]
        - []
    never: [d-hugo]
  - fixture: amnesty
    given: {id: d-alba, law: ley-a}
    columns: [articles, notes, deciding_charges, possibly_covered_by]
    rows:
      # Facts of 2022 lie in the period, not in the march.
      - [["5", "6"], [One page only], [{en: Synthetic homicide, es: Homicidio sintético}], [{en: Synthetic period, es: Período sintético}]]
    never: [{possibly_covered_by: []}]
  - fixture: amnesty
    given: {id: d-celia, law: ley-a}
    columns: [possibly_covered_by, possibly_excluded_by, facts_started, started]
    rows:
      # No facts known: by the day of the arrest.
      - - [{en: Synthetic period, es: Período sintético}, {en: Synthetic march of 2023, es: Marcha sintética de 2023}]
        - [{en: Synthetic homicide left out, es: Se excluye el homicidio sintético}]
        - null
        - 2023-05-10
    never: [d-dora]
  - fixture: amnesty
    given: {id: gina, law: ley-a}
    columns: [outcome, required, status]
    rows:
      # Granted: nothing is required any more.
      - [[granted], [], released]
    never: [a-pedir]
*/
MATCH (l:Law)-[:HAS_RULE]->(r:Rule)
WHERE $law IS NULL OR l.id = $law
OPTIONAL MATCH (r)-[:NAMES]->(o:Charge|Case)
WITH l, r, collect(o.id) AS names
ORDER BY r.started_min, r.id
WITH l, collect({
       id: r.id, effect: r.effect, kind: r.kind, names: names,
       first: r.started_min, last: r.ended_max, dated: r.started IS NOT NULL OR r.ended IS NOT NULL,
       name: {en: coalesce(r.name_en, r.name_es, r.id), es: coalesce(r.name_es, r.name_en, r.id)}
     }) AS rules
WITH l, {
       dated: [r IN rules WHERE r.effect = 'covers' AND r.dated],
       not_derived: [r IN rules WHERE r.effect = 'excludes'
                     AND (r.kind = 'conduct' OR size(r.names) = 0)],
       required: [r IN rules WHERE r.effect = 'requires' | r.name]
     } AS rules
ORDER BY l.id
// Sorted in here, without the rules that each row would carry along.
CALL {
  WITH l
  MATCH (p:Person)-[custody:DETAINED_IN]->(d:Detention)
  WHERE $id IS NULL OR p.id = $id OR d.id = $id
  WITH l, p, custody, d, COLLECT {
         // A charge that stands or may stand, under a rule whose period, read with its whole first
         // and last month or year, the facts may lie in: they are no later than the arrest.
         MATCH (d)-[w:CHARGED_WITH]->(c:Charge)
         MATCH (c)<-[:NAMES]-(x:Rule)
         MATCH (x)<-[h:HAS_RULE]-(l)
         WHERE x.effect = 'excludes' AND x.kind <> 'conduct'
           AND NOT coalesce(w.status, 'unknown') IN ['acquitted', 'dismissed', 'annulled']
           AND NOT coalesce(d.facts_started_min > x.ended_max, false)
           AND NOT coalesce(d.facts_ended_max < x.started_min, false)
           AND NOT coalesce(d.started_max < x.started_min, false)
         RETURN {
           id: x.id, article: x.article, note: x.note,
           name: {en: coalesce(x.name_en, x.name_es, x.id), es: coalesce(x.name_es, x.name_en, x.id)},
           charge: {en: coalesce(c.name_en, c.name_es, c.id), es: coalesce(c.name_es, c.name_en, c.id)},
           stands: coalesce(w.status, 'unknown') IN ['accused', 'convicted'],
           within: (x.started IS NULL AND x.ended IS NULL) OR coalesce(
             d.facts_started_min >= x.started_min AND d.facts_ended_max <= x.ended_max, false),
           confidence: w.confidence, claims: w.claims + h.claims
         } AS term
       } AS named, COLLECT {
         MATCH (d)-[w:CHARGED_WITH]->(:Charge)<-[:NAMES]-(x:Rule)
         MATCH (x)<-[h:HAS_RULE]-(l)
         WHERE x.effect = 'covers'
           AND NOT coalesce(w.status, 'unknown') IN ['acquitted', 'dismissed', 'annulled']
           AND NOT coalesce(d.facts_started_min > x.ended_max, false)
           AND NOT coalesce(d.facts_ended_max < x.started_min, false)
           AND NOT coalesce(d.started_max < x.started_min, false)
         RETURN {
           id: x.id,
           name: {en: coalesce(x.name_en, x.name_es, x.id), es: coalesce(x.name_es, x.name_en, x.id)},
           claims: w.claims + h.claims
         } AS term ORDER BY x.id
       } AS by_charge, COLLECT {
         MATCH (d)-[f:FALLS_UNDER]->(y:Rule)
         MATCH (y)<-[h:HAS_RULE]-(l)
         RETURN {
           id: y.id, effect: y.effect, article: y.article, note: y.note,
           name: {en: coalesce(y.name_en, y.name_es, y.id), es: coalesce(y.name_es, y.name_en, y.id)},
           confidence: f.confidence, claims: f.claims + h.claims
         } AS term
       } + COLLECT {
         MATCH (d)-[m:PART_OF_CASE]->(k:Case)
         WHERE coalesce(m.role, 'accused') IN ['accused', 'convicted']
         MATCH (k)-[v:FALLS_UNDER|NAMES]-(z:Rule)
         MATCH (z)<-[h:HAS_RULE]-(l)
         RETURN {
           id: z.id, effect: z.effect, article: z.article, note: z.note,
           name: {en: coalesce(z.name_en, z.name_es, z.id), es: coalesce(z.name_es, z.name_en, z.id)},
           confidence: CASE WHEN 'alleged' IN [m.confidence, v.confidence] THEN 'alleged'
             WHEN 'reported' IN [m.confidence, v.confidence] THEN 'reported' ELSE 'documented' END,
           claims: m.claims + v.claims + h.claims
         } AS term
       } AS linked, COLLECT {
         MATCH (d)-[w:CHARGED_WITH]->(c:Charge)
         WITH w, c
         ORDER BY c.id
         RETURN {
           name: {en: coalesce(c.name_en, c.name_es, c.id), es: coalesce(c.name_es, c.name_en, c.id)},
           status: coalesce(w.status, 'unknown'), press: coalesce(c.amnesty_in_press, 'unknown'),
           disputed: [field IN w.disputed | 'CHARGED_WITH.' + field], claims: w.claims
         } AS charge
       } AS charges, COLLECT {
         MATCH (d)-[a:AMNESTY]->(l)
         WITH a
         ORDER BY a.requested_min, a.id
         RETURN {
           outcome: coalesce(a.outcome, 'unknown'), requested: a.requested, decided: a.decided,
           disputed: [field IN a.disputed | 'AMNESTY.' + field], claims: a.claims
         } AS request
       } AS asked
  WITH l, p, custody, d, by_charge, linked, charges, asked,
       [t IN named WHERE NOT (t.stands AND t.within)] AS doubtful,
       [t IN named WHERE t.stands AND t.within]
         + [t IN linked WHERE t.effect = 'excludes'] AS against,
       [t IN linked WHERE t.effect = 'covers'] AS in_favour
  WITH l, p, custody, d, by_charge, linked, charges, asked, doubtful, against, in_favour,
       CASE WHEN size(against) > 0 THEN 'excluded'
         WHEN size(in_favour) > 0 AND size(doubtful) = 0 THEN 'covered'
         ELSE 'undetermined' END AS verdict
  WITH l, p, custody, d, by_charge, linked, charges, asked, doubtful, in_favour, verdict,
       CASE verdict WHEN 'excluded' THEN against WHEN 'covered' THEN in_favour ELSE [] END AS deciding
  ORDER BY verdict, p.name, d.id
  RETURN p, custody, d, by_charge, linked, charges, asked, doubtful, in_favour, verdict, deciding
}
WITH l, rules, p, custody, d, by_charge, linked, charges, asked, doubtful, in_favour, verdict, deciding,
     CASE WHEN d.facts_started IS NULL AND d.facts_ended IS NULL THEN d.started_min
       ELSE coalesce(d.facts_started_min, d.facts_ended_min) END AS first,
     CASE WHEN d.facts_started IS NULL AND d.facts_ended IS NULL THEN d.started_max
       ELSE coalesce(d.facts_ended_max, d.facts_started_max) END AS last
RETURN p.name AS person,
       {en: coalesce(l.name_en, l.name_es, l.id), es: coalesce(l.name_es, l.name_en, l.id)} AS law,
       verdict,
       [t IN deciding | t.name] AS rules,
       reduce(all = [], t IN deciding | all + [x IN coalesce(t.article, []) WHERE NOT x IN all])
         AS articles,
       [t IN deciding WHERE t.note IS NOT NULL | t.note] AS notes,
       [t IN deciding WHERE t.charge IS NOT NULL | t.charge] AS deciding_charges,
       CASE WHEN size(deciding) = 0 THEN null
         WHEN 'documented' IN [t IN deciding | t.confidence] THEN 'documented'
         WHEN 'reported' IN [t IN deciding | t.confidence] THEN 'reported'
         ELSE 'alleged' END AS confidence,
       CASE WHEN verdict <> 'undetermined' THEN []
         ELSE CASE WHEN size(in_favour) = 0 THEN ['link'] ELSE [] END
           + CASE WHEN size(charges) = 0 THEN ['charges'] ELSE [] END
           + CASE WHEN false IN [t IN doubtful | t.stands] THEN ['charge_status'] ELSE [] END
           + CASE WHEN d.facts_started IS NULL OR d.facts_ended IS NULL THEN ['facts'] ELSE [] END
       END AS missing,
       [r IN rules.dated WHERE NOT r.id IN [t IN in_favour | t.id]
          AND NOT r.id IN [t IN by_charge | t.id]
          AND first <= coalesce(r.last, last) AND last >= coalesce(r.first, first) | r.name]
         + reduce(all = [], t IN by_charge | CASE
             WHEN t.id IN [f IN in_favour | f.id] OR t.name IN all THEN all ELSE all + t.name END)
         AS possibly_covered_by,
       [t IN doubtful | t.name] AS possibly_excluded_by,
       [r IN rules.not_derived WHERE NOT r.id IN [t IN linked | t.id] | r.name] AS not_derived,
       CASE WHEN 'granted' IN [t IN asked | t.outcome] THEN [] ELSE rules.required END AS required,
       [t IN asked | t.outcome] AS outcome, [t IN asked | t.requested] AS requested,
       [t IN asked | t.decided] AS decided,
       [t IN charges | t.name] AS charges, [t IN charges | t.status] AS charge_status,
       [t IN charges | t.press] AS in_press,
       d.facts_started AS facts_started, d.facts_ended AS facts_ended, d.started AS started,
       d.status AS status, d.status_as_of AS status_as_of,
       reduce(all = d.disputed, t IN charges + asked | all + t.disputed) AS disputed,
       p.id AS person_id, d.id AS detention_id, l.id AS law_id,
       [t IN deciding | t.id] AS rule_ids,
       [custody.claims] + [t IN deciding + doubtful + by_charge + charges + asked | t.claims] AS sources
