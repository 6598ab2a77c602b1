module example.com/shop/api

go 1.22

require example.com/shop/pricing v0.0.0
