namespace OrleansTicker.Gateway.Sessions;

/// <summary>Cuts a connection off, from any thread and at any time: also when the request has just ended and its context is another's.</summary>
internal sealed class Cut(HttpContext context)
{
    private readonly Lock _ending = new();
    private HttpContext? _context = context;

    /// <summary>Cuts the connection, unless the request has ended.</summary>
    public void Now()
    {
        lock (_ending)
        {
            _context?.Abort();
        }
    }

    /// <summary>The request ends: from here on there is nothing to cut.</summary>
    public void End()
    {
        lock (_ending)
        {
            _context = null;
        }
    }
}
