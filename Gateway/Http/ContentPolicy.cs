namespace OrleansTicker.Gateway.Http;

/// <summary>A Content-Security-Policy (CSP 3). As a feature of a request, the one that its answer needs instead of <see cref="Strict"/>.</summary>
/// <param name="Text">The header.</param>
internal sealed record ContentPolicy(string Text)
{
    /// <summary>
    /// Scripts, styles and pictures from here only and none of them inline, data from here only (which includes sockets: CSP 3,
    /// 6.7.2.8), no frames either way, no plug-ins.
    /// </summary>
    public static ContentPolicy Strict { get; } = new(
        $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; {Rest}");

    private const string Rest = "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>
    /// The policy of a page whose own scripts write elements <c>script</c> and <c>style</c>: they need a nonce. Attributes <c>style</c> can't have
    /// one; they may be there, since they load nothing from elsewhere. So may pictures that are part of a style.
    /// </summary>
    /// <param name="nonce">A text that nobody can guess, another one for each answer.</param>
    public static ContentPolicy WithNonce(string nonce) => new(
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' data:; {Rest}");
}
