package main

import (
	"fmt"
	"log"
	"net/http"
	"time"
)

// The release party, everywhere in the world.
var party = time.Date(2024, time.June, 1, 18, 0, 0, 0, time.UTC)

func clock(w http.ResponseWriter, r *http.Request) {
	zone := r.URL.Query().Get("zone")
	if zone == "" {
		zone = "Europe/Berlin"
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	fmt.Fprintln(w, party.In(loc).Format(time.RFC1123))
}

func main() {
	http.HandleFunc("/", clock)
	http.HandleFunc("/upload", upload)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
