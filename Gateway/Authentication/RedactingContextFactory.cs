using Microsoft.AspNetCore.Http.Features;

namespace OrleansTicker.Gateway.Authentication;

/// <summary>
/// Makes the contexts of requests, and takes a token out of the query before anybody sees it: right after this the web host
/// writes the address into its log and its trace, and no middleware comes before that.
/// </summary>
internal sealed class RedactingContextFactory(IServiceProvider services) : IHttpContextFactory
{
    private readonly DefaultHttpContextFactory _factory = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        QueryToken.TakeOut(featureCollection);
        return _factory.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => _factory.Dispose(httpContext);
}
