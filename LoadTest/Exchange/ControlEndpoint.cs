using Microsoft.AspNetCore.Http;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange;

/// <summary><c>POST /control/&lt;exchange&gt;?do=…</c>: tells an exchange, or <c>all</c>, what to do. Anything else is answered by how it is used.</summary>
internal static class ControlEndpoint
{
    public const string Path = "/control";

    private const string Usage = "POST /control/<exchange or all>?do=<what>, where <what> is one of these, with its parameters:";

    public static Task HandleAsync(HttpContext context, string target, IReadOnlyList<Venue> venues)
    {
        var named = target.Trim('/');
        var told = venues.Where(venue => named == "all" || venue.Dialect.Name.Equals(named, StringComparison.OrdinalIgnoreCase)).ToList();
        var command = ControlCommands.All.FirstOrDefault(command => command.Name == context.Request.Query["do"].ToString());
        if (!HttpMethods.IsPost(context.Request.Method) || told.Count == 0 || command is null)
        {
            context.Response.StatusCode = HttpMethods.IsPost(context.Request.Method) ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
            return context.Response.WriteAsync($"{Usage}\n{ControlCommands.Help}\n");
        }

        var parameters = new ControlParameters(context.Request.Query);
        var wrong = told.Select(venue => command.Run(venue, parameters)).FirstOrDefault(problem => problem is not null);
        context.Response.StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync($"{wrong ?? $"{named}: {command.Help}"}\n");
    }
}
