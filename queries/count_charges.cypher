/*
title:
  en: How often each offence is charged
  es: Cuántas veces se imputa cada delito
description:
  en: >
    One row an offence and law: in how many custodies and in how many events without custody (a
    warrant, say) it is charged, how many people that concerns, and where the charges stand.
    "still held" counts custodies reported as detention, house arrest or whereabouts unknown at
    their last report, the oldest of which is given: what came after it is not known. A charge is an
    accusation, not a fact.
  es: >
    Una fila por delito y ley: en cuántas detenciones y en cuántos hechos sin detención (una orden
    de captura, por ejemplo) se imputa, a cuántas personas, y en qué situación están las
    imputaciones. "siguen en detención" cuenta las detenciones cuya última noticia es detención,
    arresto domiciliario o paradero desconocido, con la fecha de la más antigua de esas noticias: no
    se sabe qué pasó después. Una imputación es un señalamiento, no un hecho probado.
theme: charges
returns: table
columns:
  charge: {en: offence, es: delito, kind: name}
  law: {en: law, es: ley, kind: name}
  custodies: {en: custodies, es: detenciones}
  events: {en: events without custody, es: hechos sin detención}
  people: {en: people, es: personas}
  accused: {en: accused, es: acusación}
  convicted: {en: convicted, es: condena}
  acquitted: {en: acquitted, es: absolución}
  dismissed: {en: dismissed, es: sobreseimiento}
  annulled: {en: annulled, es: anulación}
  unknown: {en: unknown, es: se desconoce}
  still_held: {en: custodies still held, es: siguen en detención}
  oldest_report: {en: oldest report of these, es: noticia más antigua de ellas}
  charge_id: {en: id, es: id}
  law_id: {en: id of the law, es: id de la ley}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: kin
    columns: [charge, law, custodies, events, people, accused, convicted, acquitted, dismissed, annulled, unknown, still_held, oldest_report, charge_id, sources]
    rows:
      - [{en: Synthetic offence one, es: Delito sintético uno}, {en: Synthetic Law One, es: Ley Sintética Uno}, 2, 1, 3, 2, 1, 0, 0, 0, 0, 2, 2025-06-30, delito-uno, [s2, s3]]
      # One of the two was released under conditions.
      - [{en: Synthetic offence two, es: Delito sintético dos}, null, 2, 0, 2, 1, 1, 0, 0, 0, 0, 1, 2025-06-30, delito-dos, [s2]]
    # Held against nobody.
    never: [delito-nadie]
*/
CALL {
  MATCH (c:Charge)<-[r:CHARGED_WITH]-(d:Detention)<-[:DETAINED_IN]-(p:Person)
  RETURN c, coalesce(r.status, 'unknown') AS status, r.claims AS claims, d.id AS subject,
         d.id AS custody, p.id AS person,
         CASE WHEN d.status IN ['detained', 'house_arrest', 'disappeared'] AND d.ended IS NULL
           THEN d.id END AS held,
         CASE WHEN d.status IN ['detained', 'house_arrest', 'disappeared'] AND d.ended IS NULL
           THEN d.status_as_of END AS report
  UNION ALL
  MATCH (c:Charge)<-[r:CHARGED_WITH]-(e:Event)
  OPTIONAL MATCH (e)<-[t:TOOK_PART]-(p:Person)
  WHERE t.role IN ['subject', 'accused', 'convicted', 'acquitted']
  RETURN c, coalesce(r.status, 'unknown') AS status, r.claims AS claims, e.id AS subject,
         null AS custody, p.id AS person, null AS held, null AS report
}
WITH c, collect(claims) AS said,
     count(DISTINCT custody) AS custodies,
     count(DISTINCT CASE WHEN custody IS NULL THEN subject END) AS events,
     count(DISTINCT person) AS people,
     count(DISTINCT CASE WHEN status = 'accused' THEN subject END) AS accused,
     count(DISTINCT CASE WHEN status = 'convicted' THEN subject END) AS convicted,
     count(DISTINCT CASE WHEN status = 'acquitted' THEN subject END) AS acquitted,
     count(DISTINCT CASE WHEN status = 'dismissed' THEN subject END) AS dismissed,
     count(DISTINCT CASE WHEN status = 'annulled' THEN subject END) AS annulled,
     count(DISTINCT CASE WHEN status = 'unknown' THEN subject END) AS unknown,
     count(DISTINCT held) AS still_held, min(report) AS oldest_report
OPTIONAL MATCH (c)-[u:UNDER]->(law:Law)
WITH c, law, said + [coalesce(u.claims, [])] AS said, custodies, events, people, accused, convicted,
     acquitted, dismissed, annulled, unknown, still_held, oldest_report
RETURN {en: coalesce(c.name_en, c.name_es, c.id), es: coalesce(c.name_es, c.name_en, c.id)}
         AS charge,
       CASE WHEN law IS NOT NULL THEN {
         en: coalesce(law.name_en, law.name_es, law.id),
         es: coalesce(law.name_es, law.name_en, law.id)} END AS law,
       custodies, events, people, accused, convicted, acquitted, dismissed, annulled, unknown,
       still_held, oldest_report, c.id AS charge_id, law.id AS law_id,
       said AS sources
ORDER BY custodies DESC, events DESC, charge_id, law_id
