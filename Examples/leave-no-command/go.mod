module example.com/wc2

go 1.22
