package main

import (
	"fmt"
	"log"
	"net/http"

	"example.com/slug"
)

var titles = []string{"Hello, World!", "Go & vendoring", "The End"}

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		for _, t := range titles {
			fmt.Fprintf(w, "/%s\t%s\n", slug.Make(t), t)
		}
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
