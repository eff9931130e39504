using Microsoft.AspNetCore.Http.Features;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Cuts a connection off, from any thread and at any time: also when the request has just ended and its context is another's.</summary>
/// <param name="connection">What may be aborted.</param>
internal sealed class RequestAborter(IHttpRequestLifetimeFeature connection) : IDisposable
{
    private readonly Lock _ending = new();
    private IHttpRequestLifetimeFeature? _connection = connection;

    /// <summary>Cuts the connection, unless the request has ended.</summary>
    public void Now()
    {
        lock (_ending)
        {
            _connection?.Abort();
        }
    }

    /// <summary>The request ends: from here on there is nothing to cut.</summary>
    public void Dispose()
    {
        lock (_ending)
        {
            _connection = null;
        }
    }
}
