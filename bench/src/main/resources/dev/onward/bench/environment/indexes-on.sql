SELECT again FROM bench_indexes ORDER BY place \gexec
DROP TABLE bench_indexes;
