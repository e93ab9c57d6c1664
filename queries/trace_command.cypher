/*
title:
  en: Who commanded the unit, and who commanded above it
  es: Quién mandaba la unidad, y quién por encima de ella
description:
  en: >
    From a detention to the body that made the arrest and to those who ran the places where the
    person was held, or from a place to who ran it; from there up the chain of command, as far as
    it is known to be one, to whoever held a post that commands. A blank day: the day of the
    arrest, and any day of the stay. "confirmed": everything between is dated and surely holds on
    that day (without a day: at some time). "possible": nothing rules it out. What between them has
    no dates makes it possible at most, and is named. Posts without dates are told apart. Levels
    count up from the unit, to five. To command a unit is not to have ordered what it did.
  es: >
    De una detención al cuerpo que hizo la aprehensión y a quienes administraban los lugares de
    reclusión, o de un lugar a quien lo administraba; de allí hacia arriba por la cadena de mando,
    hasta donde se sabe que lo es, a quien ocupaba un cargo con mando. Día en blanco: el de la
    aprehensión, y cualquiera de la estadía. "confirmada": todo lo que media tiene fechas y con
    seguridad vale ese día (sin día: en algún momento). "posible": nada lo descarta. Lo que media
    sin fechas deja la cadena en posible como máximo, y se nombra. Los cargos sin fechas van aparte.
    Los niveles se cuentan desde la unidad, hasta cinco. Mandar una unidad no es haber ordenado lo
    que hizo.
theme: officials
returns: table
parameters:
  id:
    type: id
    en: a detention or a place
    es: una detención o un lugar
    choices: >
      MATCH (n:Detention|Place)
      WHERE EXISTS { (n)-[:ARRESTED_BY]->() } OR EXISTS { (n)<-[:OPERATES]-() }
      RETURN n.id AS id ORDER BY id
  day: {type: date, default: null, en: the day, es: el día}
columns:
  through: {en: by way of, es: por, kind: label}
  place: {en: place, es: lugar}
  level: {en: level, es: nivel}
  chain: {en: chain from the unit up, es: cadena desde la unidad}
  certainty: {en: certainty, es: certidumbre, kind: "word:command"}
  official: {en: person, es: persona}
  title: {en: post, es: cargo}
  organization: {en: of, es: de}
  started: {en: all of it holds from, es: todo vale desde}
  ended: {en: to, es: hasta}
  undated: {en: without dates, es: sin fechas}
  confidence: {en: confidence of the weakest link, es: certeza del eslabón más débil, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: field}
  official_id: {en: id, es: id}
  organization_id: {en: id of the body, es: id del cuerpo}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: officials
    given: {id: d-luis-1}
    columns: [through, place, level, chain, certainty, official, organization, started, ended, undated, confidence, sources]
    rows:
      - [ARRESTED_BY, null, 0, [Comisaría Ficticia], confirmed, Hugo Jefe Ficticio, Comisaría Ficticia, 2020-01-01, 2024-12-31, [], reported, [s1, s4]]
      - [ARRESTED_BY, null, 1, [Comisaría Ficticia, Policía Ficticia], confirmed, Irma Jefa Ficticia, Policía Ficticia, 2021-03-15, 2022-03-14, [], reported, [s1, s4]]
      - [HELD_AT, Cuartel Ficticio, 0, [Batallón Ficticio], possible, Alba Mando Ficticia, Batallón Ficticio, 2021-06-20, 2021-09-01, [Batallón Ficticio → Cuartel Ficticio], reported, [s1, s3, s4]]
      - [HELD_AT, Cuartel Ficticio, 1, [Batallón Ficticio, Brigada Ficticia], possible, Ciro Mando Ficticio, Brigada Ficticia, 2021-06-20, 2021-09-01, [Batallón Ficticio → Cuartel Ficticio], reported, [s1, s3, s4]]
      # A division of which it is not known whether it is under the ministry.
      - [HELD_AT, Cuartel Ficticio, 2, [Batallón Ficticio, Brigada Ficticia, División Ficticia], stops, null, Ministerio Ficticio, 2021-06-20, 2021-09-01, [Batallón Ficticio → Cuartel Ficticio, Brigada Ficticia → División Ficticia, División Ficticia → Ministerio Ficticio], alleged, [s1, s3, s4]]
      - [HELD_AT, Cuartel Ficticio, 2, [Batallón Ficticio, Brigada Ficticia, División Ficticia], undated, Dora Mando Ficticia, División Ficticia, 2021-06-20, 2021-09-01, [Batallón Ficticio → Cuartel Ficticio, Brigada Ficticia → División Ficticia], alleged, [s1, s3, s4]]
    # Chiefs before and after; without command; beyond where the chain stops, and over the police
    # by administration alone.
    never: [juan-jefe, berta-mando, elio-oficial, gala-ministra]
  - fixture: officials
    given: {id: d-marta}
    columns: [through, level, certainty, official, started, ended]
    rows:
      # Taken some day of March: the director left within it.
      - [ARRESTED_BY, 0, confirmed, Hugo Jefe Ficticio, 2020-01-01, 2024-12-31]
      - [ARRESTED_BY, 1, possible, Irma Jefa Ficticia, 2021-03-15, 2022-03-14]
      - [HELD_AT, 0, possible, Berta Mando Ficticia, 2022-03-01, 2023-01-15]
      - [HELD_AT, 1, possible, Ciro Mando Ficticio, 2022-03-01, 2023-06-30]
      - [HELD_AT, 2, stops, null, 2022-03-01, 2023-06-30]
      - [HELD_AT, 2, undated, Dora Mando Ficticia, 2022-03-01, 2023-06-30]
    never: [alba-mando]
  - fixture: officials
    given: {id: d-marta, day: 2023-02-01}
    columns: [through, level, certainty, official]
    rows:
      - [HELD_AT, 1, possible, Ciro Mando Ficticio]
      - [HELD_AT, 2, stops, null]
      - [HELD_AT, 2, undated, Dora Mando Ficticia]
    # Taken before that day; a commander who had left by then.
    never: [hugo-jefe, berta-mando]
  - fixture: officials
    given: {id: d-nora-2}
    columns: [through, level, certainty, official, undated, confidence]
    rows:
      # Came some day of that month; has a first day and no last one.
      - [ARRESTED_BY, 0, possible, Berta Mando Ficticia, [], reported]
      - [ARRESTED_BY, 1, possible, Ciro Mando Ficticio, [], reported]
      - [ARRESTED_BY, 2, stops, null, [Brigada Ficticia → División Ficticia, División Ficticia → Ministerio Ficticio], alleged]
      - [ARRESTED_BY, 2, undated, Dora Mando Ficticia, [Brigada Ficticia → División Ficticia], alleged]
    never: [alba-mando]
  - fixture: officials
    given: {id: d-nora}
    columns: [through, level, certainty, official]
    rows:
      # Taken on an unknown day: nothing can be confirmed.
      - [ARRESTED_BY, 0, possible, Alba Mando Ficticia]
      - [ARRESTED_BY, 0, possible, Berta Mando Ficticia]
      - [ARRESTED_BY, 1, possible, Ciro Mando Ficticio]
      - [ARRESTED_BY, 2, stops, null]
      - [ARRESTED_BY, 2, undated, Dora Mando Ficticia]
    never: [{certainty: confirmed}]
  - fixture: officials
    given: {id: d-luis-2}
    columns: [through, place, certainty, official, started, ended]
    rows:
      # Surely there on the first day of the stay, whose end is not known.
      - [HELD_AT, Calabozo Ficticio, confirmed, Hugo Jefe Ficticio, 2023-05-03, 2023-05-03]
    never: [irma-jefa]
  - fixture: officials
    given: {id: calabozo, day: 2022-03-14}
    columns: [through, level, certainty, official, confidence]
    rows:
      - [OPERATES, 0, confirmed, Hugo Jefe Ficticio, documented]
      - [OPERATES, 1, confirmed, Irma Jefa Ficticia, reported]
    never: [gala-ministra]
  - fixture: officials
    given: {id: calabozo, day: 2022-03-15}
    columns: [certainty, official]
    rows:
      - [confirmed, Hugo Jefe Ficticio]
    never: [irma-jefa]
  - fixture: officials
    given: {id: calabozo, day: 2025-01-01}
    columns: [official]
    rows: []
    # No longer run by them.
    never: [hugo-jefe]
*/
CALL {
  MATCH (d:Detention {id: $id})-[a:ARRESTED_BY]->(o:Organization)
  WHERE $day IS NULL OR (coalesce(d.started_min <= $day, true)
                         AND coalesce(d.started_max >= $day, true))
  RETURN 'ARRESTED_BY' AS through, o AS unit, null AS place, [a] AS base,
         coalesce($day, d.started_min) AS first, coalesce($day, d.started_max) AS last,
         d.started_min >= coalesce($day, d.started_min)
           AND d.started_max <= coalesce($day, d.started_max) AS sure,
         null AS stay_first, [null] AS stay_lasts
  UNION ALL
  MATCH (p:Person)-[:DETAINED_IN]->(d:Detention {id: $id})-[h:HELD_AT]->(s:Place)
        <-[op:OPERATES]-(o:Organization)
  OPTIONAL MATCH (d)-[next:HELD_AT]->(:Place)
  WHERE h.ended IS NULL AND next.started_min > h.started_max
  WITH p, d, h, s, op, o, min(next.started_max) AS moved
  OPTIONAL MATCH (p)-[:DETAINED_IN]->(later:Detention)
  WHERE d.ended IS NULL AND later.started_min > d.started_max
  WITH d, h, s, op, o, moved, min(later.started_max) AS retaken
  RETURN 'HELD_AT' AS through, o AS unit, s.name AS place, [h, op] AS base,
         $day AS first, $day AS last, true AS sure, d.started_min AS stay_first,
         [moved, retaken, d.ended_max, CASE
            WHEN d.ended IS NULL
              AND d.status IN ['released', 'conditional_release', 'deceased', 'escaped']
            THEN d.status_as_of_max END] AS stay_lasts
  UNION ALL
  MATCH (s:Place {id: $id})<-[op:OPERATES]-(o:Organization)
  RETURN 'OPERATES' AS through, o AS unit, s.name AS place, [op] AS base,
         $day AS first, $day AS last, true AS sure, null AS stay_first, [null] AS stay_lasts
}
MATCH (unit) ((:Organization)-[part:PART_OF WHERE part.kind = 'command']->(over:Organization)){0,5}
      (top:Organization)
MATCH (top)-[link:HOLDS_POST|PART_OF]-(other:Person|Organization)
WHERE link.commands = 'yes' OR (link.kind = 'unknown' AND startNode(link).id = top.id)
WITH through, place, first, last, sure, stay_first, stay_lasts, top, link, other,
     size(part) AS level, [unit.name] + [o IN over | o.name] AS chain, base + part + [link] AS ties
UNWIND ties AS tie
UNWIND stay_lasts AS stay_last
WITH through, place, first, last, sure, top, link, other, level, chain, ties, stay_first,
     min(stay_last) AS stay_last,
     max(tie.started_min) AS from_min, max(coalesce(tie.started_max, tie.ended_max)) AS from_max,
     min(coalesce(tie.ended_min, tie.started_min)) AS to_min, min(tie.ended_max) AS to_max,
     max(CASE tie.confidence WHEN 'documented' THEN 1 WHEN 'reported' THEN 2 ELSE 3 END) AS rank
WITH through, place, first, last, sure, top, link, other, level, chain, ties, from_max, to_min, rank,
     CASE WHEN stay_first > coalesce(from_min, date('0001-01-01')) THEN stay_first ELSE from_min END
       AS from_min,
     CASE WHEN stay_last < coalesce(to_max, date('9999-12-31')) THEN stay_last ELSE to_max END AS to_max,
     [t IN ties WHERE t.started IS NULL AND t.ended IS NULL
                      AND type(t) IN ['HELD_AT', 'OPERATES', 'PART_OF']
      | coalesce(startNode(t).name + ' → ', '') + endNode(t).name] AS undated
WHERE coalesce(from_min <= to_max, true)
  AND coalesce(from_min <= last, true) AND coalesce(to_max >= first, true)
WITH through, place, top, link, other, level, chain, ties, undated, rank, from_min, to_max, from_max,
     to_min,
     CASE
       WHEN type(link) = 'PART_OF' THEN 'stops'
       WHEN link.started IS NULL AND link.ended IS NULL THEN 'undated'
       WHEN size(undated) = 0 AND sure AND from_max <= coalesce(first, to_min)
            AND to_min >= coalesce(last, from_max) THEN 'confirmed'
       ELSE 'possible'
     END AS certainty
WITH through, place, top, link, other, level, chain, ties, undated, rank, from_min, to_max, from_max,
     to_min, certainty, [t IN ties | t.claims] AS sources
RETURN through, place, level, chain, certainty,
       CASE WHEN certainty <> 'stops' THEN other.name END AS official, link.title AS title,
       CASE WHEN certainty <> 'stops' THEN top.name ELSE other.name END AS organization,
       CASE WHEN certainty = 'confirmed' THEN from_max ELSE from_min END AS started,
       CASE WHEN certainty = 'confirmed' THEN to_min ELSE to_max END AS ended,
       undated,
       CASE rank WHEN 1 THEN 'documented' WHEN 2 THEN 'reported' ELSE 'alleged' END AS confidence,
       reduce(all = [], t IN ties | all + [field IN t.disputed |
         CASE WHEN field = type(t) THEN field ELSE type(t) + '.' + field END]) AS disputed,
       CASE WHEN certainty <> 'stops' THEN other.id END AS official_id,
       CASE WHEN certainty <> 'stops' THEN top.id ELSE other.id END AS organization_id, sources
ORDER BY through, place, level, certainty, started, official, title, organization
