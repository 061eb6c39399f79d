"""The same pages as a plain Django site would have them: models with select_related and prefetch_related, templates
with loops and includes, nothing prepared. Only for comparison; it serves working copies, which the site never does.

What a plain site would keep in a column and this one does not is worked out once for the process and not measured: the
formatted reference, and an editor's Markdown as HTML. What machines read and the pictures of numbers are left out, so
that this version does less than the site and not more.

The frame of a page and its small pieces are the site's own templates. What is drawn hundreds of times on a page is a
copy, so that it stays plain when the site's is not.
"""
