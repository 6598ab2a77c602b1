package main

import (
	"fmt"
	"log"
	"net/http"

	"example.com/app/words"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, words.Reverse("installed with go install"))
	})
	http.HandleFunc("/reverse", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, words.Reverse(r.URL.Query().Get("text")))
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
