/*
title:
  en: What an amnesty leaves out, charge by charge
  es: Qué deja fuera una amnistía, delito por delito
description:
  en: >
    How many custodies and people there are with each charge, by what the rules of each law say of
    the custody (see check_amnesty: a screening, not legal advice), and how many of them were held
    when last reported. A custody with several charges is counted under each, so that the lines are
    not to be summed; the verdict is that of the custody, not of the charge. Charges that were
    dropped are not counted. Held is who is detained, under house arrest or disappeared by the last
    report, without a known end, death or later custody: no statement on today.
  es: >
    Cuántas detenciones y personas hay con cada delito imputado, según lo que las reglas de cada ley
    dicen de la detención (véase check_amnesty: un primer examen, no asesoría jurídica), y cuántas
    seguían en detención según el último informe. Una detención con varios delitos se cuenta en cada
    uno, así que las filas no se suman; el resultado es el de la detención, no el del delito. No se
    cuentan los delitos de los que hubo absolución, sobreseimiento o anulación. Sigue en detención
    quien, según el último informe, está en detención, en arresto domiciliario o con paradero
    desconocido, sin que se conozca su salida, su muerte ni una detención posterior: no dice nada
    del día de hoy.
theme: amnesty
returns: table
parameters:
  law:
    type: id
    default: null
    en: the amnesty; all laws with rules where none is given
    es: la amnistía; si no se indica, todas las leyes con reglas
    choices: "MATCH (l:Law)-[:HAS_RULE]->(:Rule) RETURN DISTINCT l.id AS id ORDER BY id"
columns:
  law: {en: law, es: ley, kind: name}
  charge: {en: charge, es: delito imputado, kind: name}
  verdict: {en: "by the rules (a screening, not legal advice)", es: "según las reglas (primer examen, no asesoría jurídica)", kind: "word:amnesty_verdict"}
  custodies: {en: custodies, es: detenciones}
  people: {en: people, es: personas}
  held_custodies: {en: custodies held when last reported, es: detenciones que seguían según el último informe}
  held_people: {en: people held when last reported, es: personas en detención según el último informe}
  in_press: {en: "amnesty, per press", es: "amnistía, según prensa", kind: "word:in_press"}
  charge_id: {en: id of the charge, es: id del delito}
  law_id: {en: id of the law, es: id de la ley}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: amnesty
    given: {law: ley-a}
    columns: [charge_id, verdict, custodies, people, held_custodies, held_people, in_press, sources]
    rows:
      - [armas, undetermined, 1, 1, 1, 1, unknown, [s1, s2]]
      # Not the dismissed one.
      - [homicidio, excluded, 2, 2, 2, 2, "yes", [s1, s2, s3]]
      - [homicidio, undetermined, 1, 1, 1, 1, "yes", [s1, s2]]
      - [motin, covered, 1, 1, 1, 1, "no", [s1, s2, s3, s4]]
      - [motin, excluded, 1, 1, 1, 1, "no", [s1, s2, s3]]
      # One of the two was released.
      - [rebelion, excluded, 2, 2, 1, 1, contested, [s1, s2, s3]]
      # One of the two was taken again later, without that charge.
      - [rebelion, undetermined, 2, 2, 1, 1, contested, [s1, s2]]
      # No charge, or a dismissed one only.
      - [null, covered, 1, 1, 1, 1, null, [s1, s3, s4]]
      - [null, excluded, 1, 1, 1, 1, null, [s1, s3, s4]]
      - [null, undetermined, 2, 2, 2, 2, null, [s1]]
    never: [{charge_id: homicidio, custodies: 4}, {charge_id: armas, verdict: excluded}, ley-b, codigo]
  - fixture: amnesty
    columns: [law_id, charge_id, verdict, custodies]
    rows:
      - [ley-a, armas, undetermined, 1]
      - [ley-a, homicidio, excluded, 2]
      - [ley-a, homicidio, undetermined, 1]
      - [ley-a, motin, covered, 1]
      - [ley-a, motin, excluded, 1]
      - [ley-a, rebelion, excluded, 2]
      - [ley-a, rebelion, undetermined, 2]
      - [ley-a, null, covered, 1]
      - [ley-a, null, excluded, 1]
      - [ley-a, null, undetermined, 2]
      - [ley-b, armas, undetermined, 1]
      - [ley-b, homicidio, undetermined, 3]
      - [ley-b, motin, undetermined, 2]
      # hugo, whose case the law leaves out.
      - [ley-b, rebelion, excluded, 1]
      - [ley-b, rebelion, undetermined, 3]
      - [ley-b, null, undetermined, 4]
    never: [codigo]
*/
MATCH (l:Law)-[:HAS_RULE]->(:Rule)
WHERE $law IS NULL OR l.id = $law
WITH DISTINCT l
MATCH (p:Person)-[custody:DETAINED_IN]->(d:Detention)
// The verdict, as in check_amnesty.
OPTIONAL MATCH (d)-[w:CHARGED_WITH]->(c:Charge)<-[:NAMES]-(x:Rule)<-[h:HAS_RULE]-(l)
WHERE x.effect = 'excludes' AND x.kind <> 'conduct'
  AND NOT coalesce(w.status, 'unknown') IN ['acquitted', 'dismissed', 'annulled']
  AND NOT coalesce(d.facts_started_min > x.ended_max, false)
  AND NOT coalesce(d.facts_ended_max < x.started_min, false)
  AND NOT coalesce(d.started_max < x.started_min, false)
WITH l, p, custody, d, collect(CASE WHEN x IS NULL THEN null ELSE {
       sources: h.sources,
       decides: coalesce(w.status, 'unknown') IN ['accused', 'convicted']
         AND ((x.started IS NULL AND x.ended IS NULL) OR coalesce(
           d.facts_started_min >= x.started_min AND d.facts_ended_max <= x.ended_max, false))
     } END) AS named
OPTIONAL MATCH (d)-[f:FALLS_UNDER]->(y:Rule)<-[h:HAS_RULE]-(l)
WITH l, p, custody, d, named, collect(CASE WHEN y IS NULL THEN null ELSE {
       effect: y.effect, sources: f.sources + h.sources
     } END) AS linked
OPTIONAL MATCH (d)-[m:PART_OF_CASE]->(k:Case)-[v:FALLS_UNDER|NAMES]-(z:Rule)<-[h:HAS_RULE]-(l)
WHERE coalesce(m.role, 'accused') IN ['accused', 'convicted']
WITH l, p, custody, d, named, linked, collect(CASE WHEN z IS NULL THEN null ELSE {
       effect: z.effect, sources: m.sources + v.sources + h.sources
     } END) AS of_case
WITH l, p, custody, d, size([t IN named WHERE NOT t.decides]) > 0 AS doubtful,
     [t IN named WHERE t.decides] + [t IN linked + of_case WHERE t.effect = 'excludes'] AS against,
     [t IN linked + of_case WHERE t.effect = 'covers'] AS in_favour
WITH l, p, custody, d, against, in_favour,
     CASE WHEN size(against) > 0 THEN 'excluded'
       WHEN size(in_favour) > 0 AND NOT doubtful THEN 'covered'
       ELSE 'undetermined' END AS verdict
WITH l, p, d, verdict,
     reduce(all = custody.sources, t IN CASE verdict WHEN 'excluded' THEN against WHEN 'covered' THEN in_favour
       ELSE [] END | all + t.sources) AS cited
OPTIONAL MATCH (p)-[:DETAINED_IN]->(e:Detention)
WHERE e.started_min > d.started_max
WITH l, p, d, verdict, cited,
     count(e) = 0 AND d.ended IS NULL AND p.died IS NULL
       AND coalesce(d.status, 'unknown') IN ['detained', 'house_arrest', 'disappeared'] AS held
OPTIONAL MATCH (d)-[w:CHARGED_WITH]->(c:Charge)
WHERE NOT coalesce(w.status, 'unknown') IN ['acquitted', 'dismissed', 'annulled']
WITH l, c, verdict, count(DISTINCT d.id) AS custodies, count(DISTINCT p.id) AS people,
     count(DISTINCT CASE WHEN held THEN d.id END) AS held_custodies,
     count(DISTINCT CASE WHEN held THEN p.id END) AS held_people,
     collect(cited + coalesce(w.sources, [])) AS sources
RETURN {en: coalesce(l.name_en, l.name_es, l.id), es: coalesce(l.name_es, l.name_en, l.id)} AS law,
       CASE WHEN c IS NULL THEN {en: 'none known to stand', es: 'ninguno que se sepa en pie'}
         ELSE {en: coalesce(c.name_en, c.name_es, c.id), es: coalesce(c.name_es, c.name_en, c.id)}
       END AS charge,
       verdict, custodies, people, held_custodies, held_people,
       CASE WHEN c IS NOT NULL THEN coalesce(c.amnesty_in_press, 'unknown') END AS in_press,
       c.id AS charge_id, l.id AS law_id, sources
ORDER BY law_id, charge_id, verdict
