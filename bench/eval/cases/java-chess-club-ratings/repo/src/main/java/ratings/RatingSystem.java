package ratings;

enum RatingSystem {
    ELO("--elo=k20"),
    GLICKO("--glicko=2"),
    NATIONAL("--table=sss");

    final String option;

    RatingSystem(String option) {
        this.option = option;
    }
}
