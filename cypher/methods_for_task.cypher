// Methods that are applied to a task, by the number of papers that say so.
// :param task: Task — the task
// :param limit: integer = 50 — most rows
// :columns method, papers, first, last
MATCH (m:Method)-[r:ADDRESSES]->(t:Task {key: $task})
MATCH (p:Paper {key: r.paper})
WITH m.key AS key, m.name AS method, count(DISTINCT p.key) AS papers, min(p.year) AS first, max(p.year) AS last
RETURN method, papers, first, last
ORDER BY papers DESC, method, key LIMIT $limit
