/* The same algorithm on plain arrays, for the distance to a compiled solver. No quotas.
   In: applicants, destinations, then for each destination seats, length, ranking; for each applicant length, choices.
   Out: a placement a line (-1 for none). The seconds of the work itself, without reading and writing, go to stderr. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int next_number(void) { int value; if (scanf("%d", &value) != 1) exit(2); return value; }

typedef struct { int seats, length, held, *ranking, *heap; } Place;

static void push(Place *place, int rank) {          /* the worst, the largest rank, on top */
    int at = place->held++;
    for (; at && place->heap[(at - 1) / 2] < rank; at = (at - 1) / 2) place->heap[at] = place->heap[(at - 1) / 2];
    place->heap[at] = rank;
}

static int push_and_pop(Place *place, int rank) {
    if (!place->held || rank > place->heap[0]) return rank;
    int out = place->heap[0], at = 0;
    for (int child; (child = 2 * at + 1) < place->held; at = child) {
        if (child + 1 < place->held && place->heap[child + 1] > place->heap[child]) child++;
        if (place->heap[child] <= rank) break;
        place->heap[at] = place->heap[child];
    }
    place->heap[at] = rank;
    return out;
}

int main(void) {
    int people = next_number(), count = next_number();
    Place *places = calloc(count, sizeof *places);
    for (int d = 0; d < count; d++) {
        places[d].seats = next_number();
        places[d].length = next_number();
        places[d].ranking = malloc((places[d].length + 1) * sizeof(int));
        places[d].heap = malloc((places[d].seats + 1) * sizeof(int));
        for (int rank = 0; rank < places[d].length; rank++) places[d].ranking[rank] = next_number();
    }
    int *first = malloc((people + 1) * sizeof(int)), *choices = malloc(5 * people * sizeof(int));
    first[0] = 0;
    for (int a = 0; a < people; a++) {
        first[a + 1] = first[a] + next_number();
        for (int c = first[a]; c < first[a + 1]; c++) choices[c] = next_number();
    }

    clock_t start = clock();
    int *ranks = malloc(5 * people * sizeof(int)), *next = malloc(people * sizeof(int));
    int *placement = malloc(people * sizeof(int));
    for (int d = 0; d < count; d++)
        for (int rank = 0; rank < places[d].length; rank++) {
            int a = places[d].ranking[rank], c = first[a];
            while (choices[c] != d) c++;
            ranks[c] = rank;
        }
    for (int a = 0; a < people; a++) { next[a] = first[a]; placement[a] = -1; }
    for (int newcomer = 0; newcomer < people; newcomer++)
        for (int a = newcomer; a >= 0 && next[a] < first[a + 1];) {
            int c = next[a]++;
            Place *place = &places[choices[c]];
            if (place->held < place->seats) { push(place, ranks[c]); break; }
            a = place->ranking[push_and_pop(place, ranks[c])];
        }
    for (int d = 0; d < count; d++)
        for (int h = 0; h < places[d].held; h++) placement[places[d].ranking[places[d].heap[h]]] = d;
    fprintf(stderr, "%.6f\n", (double)(clock() - start) / CLOCKS_PER_SEC);

    for (int a = 0; a < people; a++) printf("%d\n", placement[a]);
    return 0;
}
