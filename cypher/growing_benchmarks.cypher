// Benchmarks that more papers evaluate on in a year than in the year before.
// :param year: integer — the year
// :param limit: integer = 50 — most rows
// :columns benchmark, papers, before, growth
MATCH (p:Paper)-[:EVALUATED_ON]->(b:Benchmark|Dataset)
WHERE p.year = $year OR p.year = $year - 1
WITH b.key AS key, b.name AS benchmark, sum(CASE WHEN p.year = $year THEN 1 ELSE 0 END) AS papers,
     sum(CASE WHEN p.year = $year THEN 0 ELSE 1 END) AS before
WHERE papers > before
RETURN benchmark, papers, before, papers - before AS growth
ORDER BY growth DESC, benchmark, key LIMIT $limit
