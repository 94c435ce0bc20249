// Methods that a method beats directly (depth 1) or through methods that it beats (to depth 3).
// :param method: Method — the method
// :param limit: integer = 50 — most rows
// :columns method, depth
MATCH path = (a:Method {key: $method})-[:OUTPERFORMS*1..3]->(b:Method)
WHERE b.key <> a.key
WITH b.key AS key, b.name AS method, min(length(path)) AS depth
RETURN method, depth
ORDER BY depth, method, key LIMIT $limit
