// Angular: bypassing the sanitizer, and leaving it to its work.
import { Component, ElementRef, OnInit, SecurityContext } from '@angular/core';
import { DomSanitizer, SafeHtml } from '@angular/platform-browser';
import { ActivatedRoute } from '@angular/router';

@Component({ selector: 'app-item', template: '<div [innerHTML]="text"></div>' })
export class ItemComponent implements OnInit {
  text: SafeHtml = '';
  title = '';

  constructor(
    private readonly sanitizer: DomSanitizer,
    private readonly route: ActivatedRoute,
    private readonly element: ElementRef,
  ) {}

  ngOnInit(): void {
    const given = this.route.snapshot.queryParamMap.get('text') ?? '';
    this.text = this.sanitizer.bypassSecurityTrustHtml(given); // vuln: javascript-cross-site-scripting
    this.title = this.sanitizer.sanitize(SecurityContext.HTML, given) ?? ''; // safe: javascript-cross-site-scripting
    this.element.nativeElement.innerHTML = this.route.snapshot.params['name']; // vuln: javascript-cross-site-scripting
    this.element.nativeElement.textContent = given; // safe: javascript-cross-site-scripting
    this.route.queryParams.subscribe((params) => {
      this.text = this.sanitizer.bypassSecurityTrustHtml(params['html']); // vuln: javascript-cross-site-scripting
    });
  }
}
