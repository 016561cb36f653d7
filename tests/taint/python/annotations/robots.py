class Robot:
    def execute(self, command):
        return ["done " + command]
