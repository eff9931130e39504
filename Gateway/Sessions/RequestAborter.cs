using Microsoft.AspNetCore.Http.Features;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Aborts a connection, from any thread and at any time: also when the request has just ended and its context is another's.</summary>
/// <param name="connection">What may be aborted.</param>
internal sealed class RequestAborter(IHttpRequestLifetimeFeature connection) : IDisposable
{
    private readonly Lock _ending = new();
    private IHttpRequestLifetimeFeature? _connection = connection;

    /// <summary>Aborts the connection, unless the request has ended.</summary>
    public void Abort()
    {
        lock (_ending)
        {
            _connection?.Abort();
        }
    }

    /// <summary>The request ends: from here on there is nothing to abort.</summary>
    public void Dispose()
    {
        lock (_ending)
        {
            _connection = null;
        }
    }
}
