using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Parameters;

namespace OrleansTicker.Gateway.Api.Requests;

/// <summary>
/// Refuses requests whose query has a parameter that the endpoint does not have, or one of them twice: a misspelt <c>form</c> must not give
/// all candles to somebody who means <c>from</c>. The parameters are those of the handler.
/// </summary>
internal static class QueryCheck
{
    public static TBuilder CheckQueries<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.AddEndpointFilterFactory(Create);

    private static EndpointFilterDelegate Create(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        HashSet<string> known = [.. endpoint.MethodInfo.GetParameters().Where(IsOfQuery).Select(NameOf)];
        return async context =>
        {
            var problems = new ParameterProblems();
            foreach (var (name, values) in context.HttpContext.Request.Query)
            {
                if (!known.Contains(name))
                {
                    problems.AddUnknown(name, known);
                }
                else if (values.Count > 1)
                {
                    problems.AddRepeated(name);
                }
            }

            if (problems.IsEmpty)
            {
                return await next(context);
            }

            await problems.WriteAsync(context.HttpContext);
            return Results.Empty;
        };
    }

    private static bool IsOfQuery(ParameterInfo parameter) => parameter.GetCustomAttribute<FromQueryAttribute>() is not null;

    private static string NameOf(ParameterInfo parameter) => parameter.GetCustomAttribute<FromQueryAttribute>()!.Name ?? parameter.Name!;
}
