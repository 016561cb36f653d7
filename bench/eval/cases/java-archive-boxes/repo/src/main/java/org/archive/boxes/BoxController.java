package org.archive.boxes;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class BoxController {
    private final BoxRepository boxes;

    BoxController(BoxRepository boxes) {
        this.boxes = boxes;
    }

    @GetMapping("/boxes")
    List<Box> list(@RequestParam String shelf, @RequestParam(defaultValue = "SIGNATURE") Order order) {
        return boxes.onShelf(shelf, order);
    }
}
