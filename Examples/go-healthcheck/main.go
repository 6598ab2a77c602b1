package main

import (
	"fmt"
	"log"
	"net/http"
	"sync/atomic"
)

func main() {
	var healthy atomic.Bool
	healthy.Store(true)

	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "ask /healthz how I am")
	})
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {
		if !healthy.Load() {
			http.Error(w, "draining", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	http.HandleFunc("POST /drain", func(w http.ResponseWriter, r *http.Request) {
		healthy.Store(false)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
