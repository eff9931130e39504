namespace OrleansTicker.Gateway.Authentication;

/// <summary>
/// Marks an endpoint whose clients can all set a header: a token in the query is none there, whatever <see cref="TokenLocationOptions.AllowQuery"/>
/// says, since addresses are written down by proxies, browsers and caches.
/// </summary>
internal sealed class NoQueryTokenMetadata;
