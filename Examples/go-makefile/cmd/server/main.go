package main

import (
	"fmt"
	"log"
	"net/http"
)

var version = "dev"

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "made with make, version", version)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
