package main

import (
	"fmt"
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "already small")
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
