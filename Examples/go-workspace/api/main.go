package main

import (
	"fmt"
	"log"
	"net/http"
	"strconv"

	"example.com/shop/pricing"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		net, err := strconv.Atoi(r.URL.Query().Get("net"))
		if err != nil {
			net = 1000
		}
		fmt.Fprintf(w, "%d cents net are %d cents gross\n", net, pricing.Gross(net))
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
