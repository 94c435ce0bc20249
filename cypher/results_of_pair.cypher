// Numbers that join two things: of a method, on a benchmark or data set, measured by a metric.
// :param first: Method|Benchmark|Dataset|Task|Metric — one end
// :param second: Method|Benchmark|Dataset|Task|Metric — the other end
// :param limit: integer = 50 — most rows
// :columns first_role, first, second_role, second, value, metric, kind, paper, title, year, confidence, by, field, start, stop, sentence, spans
MATCH (x:Result)-[r:OF|`ON`|MEASURED_BY]->(a:Method|Benchmark|Dataset|Metric {key: $first})
MATCH (x)-[s:OF|`ON`|MEASURED_BY]->(b:Method|Benchmark|Dataset|Metric {key: $second})
WHERE a.key <> b.key
MATCH (p:Paper {key: x.paper})
OPTIONAL MATCH (x)-[:MEASURED_BY]->(m:Metric)
RETURN type(r) AS first_role, a.name AS first, type(s) AS second_role, b.name AS second, x.value AS value,
       coalesce(m.name, x.metric) AS metric, x.kind AS kind, p.id AS paper, p.title AS title, p.year AS year,
       x.confidence AS confidence, x.by AS by, x.field AS field, x.start AS start, x.stop AS stop,
       x.sentence AS sentence, x.spans AS spans
ORDER BY coalesce(year, 0) DESC, confidence DESC, paper, start, value, x.key LIMIT $limit
