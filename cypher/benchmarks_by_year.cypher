// The benchmarks and data sets that most papers evaluate on, year by year.
// :param year: integer = null — only this year
// :param limit: integer = 100 — most rows
// :columns year, benchmark, papers
MATCH (p:Paper)-[:EVALUATED_ON]->(b:Benchmark|Dataset)
WHERE p.year = coalesce($year, p.year)
RETURN p.year AS year, b.name AS benchmark, count(DISTINCT p.key) AS papers
ORDER BY coalesce(year, 0) DESC, papers DESC, benchmark LIMIT $limit
