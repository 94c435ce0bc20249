// What a thing is to papers and methods: the best sentence of each statement, and all of its evidence.
// :param entity: Method|Benchmark|Dataset|Task|Metric — the thing
// :param limit: integer = 50 — most rows
// :columns head, type, tail, paper, title, year, confidence, sentence, evidence
MATCH (a:Paper|Method)-[r]->(b:Method|Benchmark|Dataset|Task|Metric {key: $entity})
MATCH (p:Paper {key: r.paper})
RETURN coalesce(a.name, a.title) AS head, type(r) AS type, b.name AS tail, p.id AS paper, p.title AS title,
       p.year AS year, r.confidence AS confidence, r.sentence AS sentence, r.evidence AS evidence
ORDER BY coalesce(year, 0) DESC, confidence DESC, paper, head, type, r.key LIMIT $limit
