"""`sapporo-r7`: what the city's specification asks at least of 令和７年度 北海道さっぽろ圏移住フェア, each minimum a rule of its own."""
