// Papers that relate to two things, with both roles and all evidence of each.
// :param first: Method|Benchmark|Dataset|Task|Metric — one thing
// :param second: Method|Benchmark|Dataset|Task|Metric — the other
// :param limit: integer = 50 — most rows
// :columns first, first_role, second, second_role, paper, title, year, first_evidence, second_evidence
MATCH (p:Paper)-[r]->(a:Method|Benchmark|Dataset|Task|Metric {key: $first})
MATCH (p)-[s]->(b:Method|Benchmark|Dataset|Task|Metric {key: $second})
RETURN a.name AS first, type(r) AS first_role, b.name AS second, type(s) AS second_role, p.id AS paper,
       p.title AS title, p.year AS year, r.evidence AS first_evidence, s.evidence AS second_evidence
ORDER BY coalesce(year, 0) DESC, paper, first_role, second_role LIMIT $limit
