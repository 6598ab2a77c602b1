package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

// version is set by the linker, see the Dockerfile.
var version = "unknown"

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "version", version)
	})
	http.HandleFunc("/env", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "APP_VERSION", os.Getenv("APP_VERSION"))
	})
	log.Printf("version %s listening on :8080", version)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
