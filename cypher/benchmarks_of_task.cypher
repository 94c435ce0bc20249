// Benchmarks that papers on a task evaluate on.
// :param task: Task — the task
// :param limit: integer = 50 — most rows
// :columns benchmark, papers
MATCH (t:Task {key: $task})<-[:ADDRESSES]-(p:Paper)-[:EVALUATED_ON]->(b:Benchmark|Dataset)
WITH b.key AS key, b.name AS benchmark, count(DISTINCT p.key) AS papers
RETURN benchmark, papers
ORDER BY papers DESC, benchmark, key LIMIT $limit
