export const themeStorageKey = "atelier.theme";
export const railStorageKey = "atelier.rail";

/** Runs before the first paint: applies the chosen theme or the system's, and the width of the rail. */
export const themeScript = `(function(){try{
var d=document.documentElement,m=matchMedia("(prefers-color-scheme: dark)");
var a=function(){var c=localStorage.getItem("${themeStorageKey}");d.dataset.theme=c==="light"||c==="dark"?c:m.matches?"dark":"light"};
a();m.addEventListener("change",a);
if(localStorage.getItem("${railStorageKey}")==="collapsed")d.dataset.rail="collapsed";
}catch(e){}})()`;
