namespace OrleansTicker.Gateway.Hosting;

/// <summary>The address on which the gateway listens if none is configured.</summary>
internal static class DefaultAddress
{
    private const string Url = "http://localhost:8081";

    /// <summary>Sets the default unless configuration names addresses: <c>ASPNETCORE_URLS</c>, <c>--urls</c>, ports or Kestrel endpoints.</summary>
    public static WebApplicationBuilder UseDefaultAddress(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var isSet = new[] { WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }
            .Any(key => !string.IsNullOrEmpty(configuration[key]));
        if (!isSet && !configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            builder.WebHost.UseUrls(Url);
        }

        return builder;
    }
}
