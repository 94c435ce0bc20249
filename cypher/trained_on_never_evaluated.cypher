// Data sets that papers train on and none evaluates on.
// :param limit: integer = 50 — most rows
// :columns dataset, papers
MATCH (p:Paper)-[:TRAINED_ON]->(d:Benchmark|Dataset)
WHERE NOT EXISTS { MATCH (x:Paper|Method)-[:EVALUATED_ON]->(d) }
WITH d.key AS key, d.name AS dataset, count(DISTINCT p.key) AS papers
RETURN dataset, papers
ORDER BY papers DESC, dataset, key LIMIT $limit
